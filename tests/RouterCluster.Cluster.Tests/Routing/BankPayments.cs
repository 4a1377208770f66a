using RouterCluster.Cluster.Tests.Nodes;

namespace RouterCluster.Cluster.Tests.Routing;

/// <summary>Payments of one bank through each of several nodes of which one owns the only channel, alpha.</summary>
/// <param name="limit">How long it may take until a bank is taken by every node.</param>
internal sealed class BankPayments(TimeSpan limit)
{
    private int _payments;

    /// <summary>Every node's payments of the bank succeed.</summary>
    public Task TakesAsync(string bank, IReadOnlyCollection<Node> nodes) => Until.TrueAsync(
        async () =>
        {
            var replies = await Task.WhenAll(nodes.Select(node => node.Shop.PayAsync($"P-{++_payments}", bank)));
            return replies.All(reply => reply.Payment?.State == "succeeded");
        },
        limit,
        $"{bank} is taken by every node");

    /// <summary>Nobody waits for a payment that a router still takes: it is held until there is a channel.</summary>
    public async Task<bool> RefuseAsync(string bank, IReadOnlyCollection<Node> nodes)
    {
        var replies = await Task.WhenAll(nodes.Select(node => node.Shop.PayAsync($"P-{++_payments}", bank, wait: 0)));
        return replies.All(reply => reply is { Status: 503, Code: "no_channel" });
    }

    public static async Task<Node> OwnerAsync(IReadOnlyCollection<Node> nodes)
    {
        foreach (var node in nodes)
        {
            if ((await node.MetricsAsync()).Any(line =>
                line.StartsWith("router_channel_enabled{channel=\"alpha\"}", StringComparison.Ordinal)))
            {
                return node;
            }
        }

        throw new InvalidOperationException("Nobody owns the channel.");
    }
}
