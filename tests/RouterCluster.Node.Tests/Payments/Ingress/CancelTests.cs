using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments.Ingress;

public sealed class CancelTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public static TheoryData<string, string, string?> Refusals => new()
    {
        { nameof(PaymentRefusal.PaymentEnded), "already_decided", null },
        { nameof(PaymentRefusal.WasSent), "already_sent", null },
        { nameof(PaymentRefusal.ResultUnknown), "result_unknown", null },
        { nameof(PaymentRefusal.AttemptStillOpen), "still_sending", "1" },
    };

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    public async Task A_merchant_cancels_a_payment_and_is_answered_alike_each_time(string? body)
    {
        var id = Put("shop");

        var (first, second) = (await CancelAsync(id, body), await CancelAsync(id, body));

        Assert.Equal((200, "closed"), (first.Status, (string?)first.Json!["state"]));
        Assert.Equal(first.Text, second.Text);
        Assert.Empty(_node.Cluster.Audited);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_payment_that_cannot_be_cancelled_says_why(string why, string code, string? retryAfter)
    {
        var id = Put("shop");
        _node.Payments.OnCancel = new BookAnswer.Refused(Enum.Parse<PaymentRefusal>(why));

        var answers = new[] { await CancelAsync(id, null), await AdminAsync(id, """{ "reason": "called" }""") };

        Assert.All(answers, answer => Assert.Equal((409, code), (answer.Status, answer.Code)));
        Assert.All(answers, answer => Assert.Equal(retryAfter, answer.Message.Headers.RetryAfter?.ToString()));
        Assert.All(answers, answer => Assert.NotEmpty((string?)answer.Json!["title"] ?? ""));
    }

    [Fact]
    public async Task Nobody_knows_whether_a_book_that_does_not_answer_has_closed_it()
    {
        var id = Put("shop");
        _node.Payments.OnCancel = new BookAnswer.OutOfReach();

        var answer = await CancelAsync(id, null);

        Assert.Equal((409, "in_progress", "1"), (answer.Status, answer.Code, answer.Message.Headers.RetryAfter?.ToString()));
    }

    [Fact]
    public async Task Another_merchants_payment_is_not_found_and_stays_as_it_is()
    {
        var id = Put("other");

        var answer = await CancelAsync(id, null);

        Assert.Equal((404, "not_found"), (answer.Status, answer.Code));
        Assert.Equal(404, (await CancelAsync("pay_nothing", null)).Status);
        Assert.Empty(_node.Payments.Cancelled);
    }

    [Fact]
    public async Task A_field_that_nobody_knows_is_refused()
    {
        var answer = await CancelAsync(Put("shop"), """{ "reason": "why not" }""");

        Assert.Equal((400, "invalid"), (answer.Status, answer.Code));
        Assert.Equal(["reason"], answer.Fields);
        Assert.Empty(_node.Payments.Cancelled);
    }

    [Fact]
    public async Task An_operator_cancels_any_merchants_payment_and_that_is_on_record()
    {
        var id = Put("other");

        var answer = await AdminAsync(id, """{ "reason": "the merchant has called" }""");

        Assert.Equal((200, "closed"), (answer.Status, (string?)answer.Json!["state"]));
        var entry = Assert.Single(_node.Cluster.Audited);
        Assert.Equal(
            ("oscar", "asked to cancel it", "the merchant has called", id), (entry.By, entry.What, entry.Reason, entry.Payment));
        Assert.Equal(200, (await AdminAsync(id, """{ "reason": "again" }""")).Status);
        Assert.Single(_node.Cluster.Audited);
    }

    [Theory]
    [InlineData("t-operator", null, 400)]
    [InlineData("t-operator", "{}", 400)]
    [InlineData("t-operator", """{ "reason": "  " }""", 400)]
    [InlineData("t-viewer", """{ "reason": "called" }""", 403)]
    [InlineData("t-approver", """{ "reason": "called" }""", 403)]
    [InlineData("shop-key", """{ "reason": "called" }""", 401)]
    public async Task Without_the_role_or_a_reason_nothing_is_cancelled(string token, string? body, int status)
    {
        Assert.Equal(status, (await SendAsync($"/admin/v1/payments/{Put("shop")}/cancel", token, body)).Status);
        Assert.Empty(_node.Payments.Cancelled);
        Assert.Empty(_node.Cluster.Audited);
    }

    [Fact]
    public async Task A_payment_that_is_not_there_is_named()
    {
        var answer = await AdminAsync("pay_nothing", """{ "reason": "called" }""");

        Assert.Equal((404, "There is no payment \"pay_nothing\"."), (answer.Status, (string?)answer.Json!["detail"]));
    }

    private string Put(string merchant)
    {
        var id = _node.Payments.IdOf(new MerchantId(merchant), "A-1");
        _node.Payments.Put(Samples.Rerouted(id, new MerchantId(merchant), "A-1") with
        {
            State = PaymentState.Accepted, Attempts = [], Cases = [], Failure = null,
        });
        return id.Value;
    }

    private Task<Answer> CancelAsync(string id, string? body) => SendAsync($"/v1/payments/{id}/cancel", "shop-key", body);

    private Task<Answer> AdminAsync(string id, string? body) =>
        SendAsync($"/admin/v1/payments/{id}/cancel", "t-operator", body);

    private Task<Answer> SendAsync(string path, string token, string? body) =>
        _node.SendAsync(HttpMethod.Post, path, token, body);
}
