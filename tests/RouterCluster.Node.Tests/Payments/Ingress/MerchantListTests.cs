using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments.Ingress;

public sealed class MerchantListTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData("created_from=1h", "shop-key", 1)]
    [InlineData("created_from=2020-01-01T00:00:00Z&created_to=1s", "shop-key", 1)]
    [InlineData("created_to=1h", "shop-key", 0)]
    [InlineData("limit=5", "shop-key", 1)]
    [InlineData("created_from=1h", "other-key", 0)]
    [InlineData("created_from=1h", "shop-live", 0)]
    public async Task A_merchant_lists_its_own_payments_of_its_keys_mode(string query, string key, int count)
    {
        var payment = Samples.Rerouted(_node.Payments.IdOf(new MerchantId("shop"), "A-1"), new MerchantId("shop"), "A-1");
        _node.History.Payments.Add(payment with { CreatedAt = DateTimeOffset.UtcNow.AddMinutes(-1) });

        var answer = await _node.GetAsync($"/v1/payments?{query}", key);

        Assert.Equal(200, answer.Status);
        Assert.Equal(count, answer.Json!["items"]!.AsArray().Count);
        Assert.Null(answer.Json["next"]);
    }

    [Theory]
    [InlineData("order_no=A-1&created_from=1h", "order_no")]
    [InlineData("created_from=then&created_to=later&limit=0", "created_from created_to limit")]
    [InlineData("", "order_no")]
    public async Task Wrong_parameters_are_named(string query, string fields)
    {
        var answer = await _node.GetAsync($"/v1/payments?{query}", "shop-key");

        Assert.Equal((400, "invalid"), (answer.Status, answer.Code));
        Assert.Equal(fields.Split(' '), answer.Fields);
    }
}
