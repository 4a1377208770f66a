using RouterCluster.Cluster.Tests.Merchants;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Chaos;

/// <summary>Whoever would use up a limit, or pay twice, through whichever node answers first.</summary>
[Collection(ThreeNodesCollection.Name)]
public sealed class When_all_nodes_are_asked_at_once(ThreeNodes scene, ITestOutputHelper output) : IDisposable
{
    private const int AtOnce = 24;

    private static readonly int Attempts = LongRun.Or(full: 1000, normal: 300);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly List<Merchant> _merchants = [];

    public void Dispose() => _merchants.ForEach(merchant => merchant.Dispose());

    [Fact]
    public async Task A_merchants_day_is_used_up_and_never_exceeded()
    {
        await scene.ServesAsync();
        var nodes = Everywhere(ChaosPlan.LimitedKey);

        var replies = await EachAsync(Attempts, no => AskAsync(nodes, no, $"LIMIT-{no}", "6222020000000001"));

        var refused = replies.Count(reply => (reply.Status, reply.Code) == (429, "merchant_limit"));
        var taken = replies.Where(reply => reply.IsAcknowledged).ToList();
        output.WriteLine($"{Attempts} attempts: {taken.Count} taken, {refused} refused");
        Assert.Equal(Attempts, taken.Count + refused);
        Assert.Equal(ChaosPlan.PaymentsADay, taken.Count);
        await CountsAsync(nodes, taken, ChaosPlan.PaymentsADay);
    }

    [Fact]
    public async Task No_duplicate_is_missed()
    {
        await scene.ServesAsync();
        var nodes = Everywhere(ChaosPlan.CarefulKey);

        // Three numbers for one account and amount, each through another node.
        var replies = await EachAsync(Attempts, no => AskAsync(nodes, no, $"TWICE-{no}", $"62220200{no / nodes.Count:D8}"));

        Assert.All(replies, reply => Assert.True(reply.IsAcknowledged, $"{reply}"));
        var accounts = (Attempts + nodes.Count - 1) / nodes.Count;
        await CountsAsync(nodes, [.. replies], accounts);
        var held = replies.Chunk(nodes.Count).Select(same => same.Count(reply => reply.Payment!.State == "suspended")).ToList();
        output.WriteLine($"{Attempts} attempts for {accounts} accounts: {held.Sum()} held for people");
        Assert.All(replies.Chunk(nodes.Count).Zip(held), same => Assert.Equal(same.First.Length - 1, same.Second));
    }

    private List<Merchant> Everywhere(string key)
    {
        var merchants = scene.Nodes.Select(node => new Merchant(node.Url, key)).ToList();
        _merchants.AddRange(merchants);
        return merchants;
    }

    /// <summary>Every payment that was taken ends, and money moves under so many of them.</summary>
    private async Task CountsAsync(List<Merchant> nodes, List<Reply> taken, int paid)
    {
        var ended = new List<SeenPayment>();
        foreach (var some in taken.Chunk(AtOnce))
        {
            ended.AddRange(await Task.WhenAll(some.Select(reply => EndAsync(nodes[0], reply.Payment!))));
        }

        Assert.Equal(paid, ended.Count(payment => payment.State == "succeeded"));
        var own = ended.SelectMany(payment => payment.Attempts).Select(attempt => attempt.OrderNo).ToHashSet();
        var moved = 0;
        foreach (var channel in ThreeNodes.Channels)
        {
            moved += (await scene.Psp.LogAsync(channel)).Calls.Count(call => own.Contains(call.OrderNo) && call.MovedMoney);
        }

        Assert.Equal(paid, moved);
    }

    private static async Task<SeenPayment> EndAsync(Merchant merchant, SeenPayment payment)
    {
        await Until.TrueAsync(
            async () =>
            {
                payment = (await merchant.FindAsync(payment.OrderNo)).Payment ?? payment;
                return payment.HasEnded;
            },
            TimeSpan.FromSeconds(60),
            $"{payment.OrderNo} has ended");
        return payment;
    }

    private static async Task<Reply> AskAsync(List<Merchant> nodes, int no, string orderNo, string number)
    {
        while (true)
        {
            var reply = await nodes[no % nodes.Count].PayAsync(orderNo, number: number);
            if (reply.IsAcknowledged || reply.Status == 429)
            {
                return reply;
            }

            await Task.Delay(Pause);
        }
    }

    private static async Task<Reply[]> EachAsync(int count, Func<int, Task<Reply>> ask)
    {
        using var places = new SemaphoreSlim(AtOnce);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(async no =>
        {
            await places.WaitAsync();
            try
            {
                return await ask(no);
            }
            finally
            {
                places.Release();
            }
        }));
    }
}
