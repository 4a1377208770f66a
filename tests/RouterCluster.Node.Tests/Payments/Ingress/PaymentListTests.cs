using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments.Ingress;

public sealed class PaymentListTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData("merchant=shop", true)]
    [InlineData("merchant=other", false)]
    [InlineData("channel=bravo&since=1h&product=withhold", true)]
    [InlineData("since=2020-01-01T00:00:00Z&min_amount=1&max_amount=99999999", true)]
    [InlineData("until=2020-01-01T00:00:00Z", false)]
    [InlineData("state=suspended&class=unknown&code=timeout&bank=ICBC", false)]
    public async Task Payments_that_fit_the_filter_are_listed(string filter, bool isListed)
    {
        var payment = Samples.Rerouted(_node.Payments.IdOf(new MerchantId("shop"), "A-1"), new MerchantId("shop"), "A-1");
        _node.History.Payments.Add(payment with { CreatedAt = DateTimeOffset.UtcNow.AddMinutes(-1) });

        var answer = await _node.GetAsync($"/admin/v1/payments?{filter}", "t-viewer");

        Assert.Equal(200, answer.Status);
        Assert.Equal(isListed ? 1 : 0, answer.Json!["items"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("", "since")]
    [InlineData("?state=succeeded", "state")]
    [InlineData("?product=payout&class=risk&code=38&bank=ICBC&min_amount=1&max_amount=2",
        "product class code bank min_amount max_amount")]
    public async Task A_filter_that_would_read_everything_is_refused_with_one_that_would_do(string filter, string fields)
    {
        var answer = await _node.GetAsync($"/admin/v1/payments{filter}", "t-viewer");

        Assert.Equal((400, "invalid"), (answer.Status, answer.Code));
        Assert.Equal(fields.Split(' '), answer.Fields);
        Assert.Contains("add since, until, channel, merchant or a state", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_wrong_part_of_a_filter_is_named()
    {
        const string Names = "state channel merchant product class code bank min_amount max_amount since until sort mode limit";

        var answer = await _node.GetAsync(
            $"/admin/v1/payments?{string.Join('&', Names.Split(' ').Select(name => $"{name}=%01"))}", "t-viewer");

        Assert.Equal(400, answer.Status);
        Assert.Equal(Names.Split(' '), answer.Fields);
    }
}
