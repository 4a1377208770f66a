using RouterCluster.Cluster.Tests.Merchants;
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

    public async Task<bool> RefuseAsync(string bank, IReadOnlyCollection<Node> nodes) =>
        (await TryAsync(bank, nodes)).All(IsRefused);

    /// <summary>
    /// Every node refuses the bank's payments. While the channel moves to another node one may be taken, and is held until the
    /// channel is there: it must not be sent to it.
    /// </summary>
    /// <returns>What was answered otherwise meanwhile.</returns>
    public async Task<IReadOnlyList<Reply>> StayRefusedAsync(string bank, IReadOnlyCollection<Node> nodes)
    {
        var others = new List<Reply>();
        await Until.TrueAsync(
            async () =>
            {
                var replies = await TryAsync(bank, nodes);
                others.AddRange(replies.Where(reply => !IsRefused(reply)));
                return replies.All(IsRefused);
            },
            limit,
            $"{bank} is refused by every node");
        foreach (var taken in others.Select(reply => reply.Payment).OfType<SeenPayment>())
        {
            Assert.Empty((await nodes.First().Shop.FindAsync(taken.OrderNo)).Payment!.Attempts);
        }

        return others;
    }

    /// <summary>Nobody waits for a payment that a router still takes: it is held until there is a channel.</summary>
    private Task<Reply[]> TryAsync(string bank, IReadOnlyCollection<Node> nodes) =>
        Task.WhenAll(nodes.Select(node => node.Shop.PayAsync($"P-{++_payments}", bank, wait: 0)));

    private static bool IsRefused(Reply reply) => reply is { Status: 503, Code: "no_channel" };

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
