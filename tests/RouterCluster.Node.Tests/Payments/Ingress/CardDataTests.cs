using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments.Ingress;

public sealed class CardDataTests
{
    [Fact]
    public async Task The_account_number_is_in_no_log_and_in_no_answer()
    {
        await using var node = await TestNode.StartAsync();
        var answers = new List<Answer>
        {
            await node.PostPaymentAsync(Samples.Body()),
            await node.PostPaymentAsync(Samples.Body()),
            await node.PostPaymentAsync(Samples.Body(), "wrong-key"),
            await node.PostPaymentAsync(Samples.Body(new string('x', 65))),
            await node.PostTextAsync($$"""{ "{{Samples.CardNumber}}": 1, "account": { "number": "{{Samples.CardNumber}}!" } }"""),
            await node.PostTextAsync($$"""{ "account": { "number": "{{Samples.CardNumber}}" """),
            await node.PostTextAsync($$"""{ "metadata": { "{{Samples.CardNumber}}": 5 }, "amount": "{{Samples.CardNumber}}" }"""),
        };
        node.Payments.OnAccept = (content, _) => throw new InvalidOperationException($"{content}");
        answers.Add(await node.PostPaymentAsync(Samples.Body("A-2")));
        node.Payments.OnAccept = null;
        answers.Add(await node.GetAsync("/v1/payments?order_no=A-1001", "shop-key"));
        answers.Add(await node.GetAsync("/admin/v1/payments?merchant=shop&order_no=A-1001", "t-admin"));
        answers.Add(await node.GetAsync("/", null));
        answers.Add(await node.GetAsync("/metrics", null));

        Assert.All(answers, answer => Assert.DoesNotContain(Samples.CardNumber, answer.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(node.Log.Lines, line => line.Contains(Samples.CardNumber, StringComparison.Ordinal));
        Assert.Contains(node.Log.Lines, line => line.Contains("A-2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_before_the_hand_over_is_a_problem_without_its_text()
    {
        await using var node = await TestNode.StartAsync();
        node.Payments.OnGet = id => throw new InvalidOperationException("inner secret");

        var answer = await node.GetAsync("/v1/payments?order_no=A-1", "shop-key");

        Assert.Equal((500, "internal"), (answer.Status, answer.Code));
        Assert.DoesNotContain("inner secret", answer.Text, StringComparison.Ordinal);
        Assert.Contains(node.Log.Lines, line => line.Contains("inner secret", StringComparison.Ordinal));
    }
}
