using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments.Ingress;

/// <summary>Whoever asks about a payment knows one of its numbers, and seldom whose number it is.</summary>
public sealed class PaymentSearchTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_payment_is_found_by_each_of_its_numbers()
    {
        var merchant = new MerchantId("shop");
        var payment = Samples.Rerouted(_node.Payments.IdOf(merchant, "A-1"), merchant, "A-1");
        _node.Payments.Put(payment);
        _node.History.Payments.Add(payment);
        var ofChannel = payment.Attempts.Select(attempt => attempt.Outcome.ChannelOrderNo).OfType<string>();

        foreach (var number in new[] { payment.Id.Value, "A-1", payment.Id.AttemptOrderNo(2) }.Concat(ofChannel))
        {
            Assert.Equal([payment.Id.Value], await FoundAsync(number));
        }

        Assert.Empty(await FoundAsync("A-2"));
        Assert.Empty(await FoundAsync("a/number/of-nobody"));
    }

    [Fact]
    public async Task A_number_that_two_merchants_use_finds_both_payments()
    {
        foreach (var name in new[] { "shop", "other" })
        {
            var merchant = new MerchantId(name);
            _node.Payments.Put(Samples.Rerouted(_node.Payments.IdOf(merchant, "A-1"), merchant, "A-1"));
        }

        Assert.Equal(2, (await FoundAsync("A-1")).Length);
    }

    [Fact]
    public async Task A_payment_of_a_key_of_the_other_mode_is_found()
    {
        var merchant = new MerchantId("shop");
        var id = _node.Payments.IdOf(merchant, "A-1", ChannelMode.Live);
        _node.Payments.Put(Samples.Rerouted(id, merchant, "A-1"));

        Assert.Equal([id.Value], await FoundAsync("A-1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    public async Task What_can_be_no_number_is_refused(string number)
    {
        var answer = await _node.GetAsync($"/admin/v1/search?number={Uri.EscapeDataString(number)}", "t-viewer");

        Assert.Equal((400, "number"), (answer.Status, Assert.Single(answer.Fields)));
    }

    [Fact]
    public async Task A_book_that_cannot_say_is_not_taken_for_one_that_has_nothing()
    {
        _node.Payments.OnGet = _ => new Domain.Books.BookAnswer.OutOfReach();

        Assert.Equal(503, (await _node.GetAsync("/admin/v1/search?number=A-1", "t-viewer")).Status);
    }

    private async Task<string[]> FoundAsync(string number)
    {
        var answer = await _node.GetAsync($"/admin/v1/search?number={Uri.EscapeDataString(number)}", "t-viewer");
        Assert.Equal(200, answer.Status);
        return [.. answer.Json!["items"]!.AsArray().Select(item => (string)item!["id"]!)];
    }
}
