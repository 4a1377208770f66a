using RouterCluster.Cluster.Tests.Merchants;
using RouterCluster.Cluster.Tests.Nodes;

namespace RouterCluster.Cluster.Tests.Judging;

/// <summary>Compares what the router says of payments with what the simulator's books say of money.</summary>
/// <param name="callsOf">All calls that the simulator has had at a channel.</param>
internal sealed class Judge(Node node, Func<string, Task<IEnumerable<PspCall>>> callsOf, IReadOnlyList<string> channels)
{
    private const int AtOnce = 16;

    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(120);

    // What has ended stays as it is, and is not asked for again when the statement has grown.
    private readonly Dictionary<string, SeenPayment> _found = [];

    public Judge(Node node, Psp psp, IReadOnlyList<string> channels)
        : this(node, async channel => (await psp.LogAsync(channel)).Calls, channels)
    {
    }

    /// <summary>Waits until every payment that exists has ended, then judges all of them, and all of the books.</summary>
    public async Task<Verdict> JudgeAllAsync(Statement statement)
    {
        var payments = await SettledAsync(statement);
        return Verdict.Of(statement, payments, await BooksAsync());
    }

    /// <summary>The same where other payments have been made as well: what is not of these is left alone.</summary>
    public async Task<(Verdict Verdict, List<SeenPayment> Payments)> JudgeSomeAsync(Statement statement)
    {
        var payments = await SettledAsync(statement);
        var own = payments.Values.SelectMany(payment => payment.Attempts).Select(attempt => attempt.OrderNo).ToHashSet();
        var books = (await BooksAsync()).Where(order => own.Contains(order.Key.OrderNo)).ToDictionary();
        return (Verdict.Of(statement, payments, books), [.. payments.Values]);
    }

    private async Task<Dictionary<(string Channel, string OrderNo), (int Submits, int Moved)>> BooksAsync()
    {
        var books = new Dictionary<(string Channel, string OrderNo), (int Submits, int Moved)>();
        foreach (var channel in channels)
        {
            // A call that was cut off before its body came has no number, and is no order.
            var orders = (await callsOf(channel)).Where(call => call.IsSubmit && call.OrderNo.Length > 0);
            foreach (var order in orders.GroupBy(call => call.OrderNo))
            {
                books[(channel, order.Key)] = (order.Count(), order.Count(call => call.MovedMoney));
            }
        }

        return books;
    }

    private async Task<Dictionary<string, SeenPayment>> SettledAsync(Statement statement)
    {
        var open = statement.All.Where(orderNo => _found.GetValueOrDefault(orderNo) is not { HasEnded: true }).ToList();
        await Until.TrueAsync(
            async () =>
            {
                var stillOpen = new List<string>();
                foreach (var (orderNo, reply) in await FindAllAsync(open))
                {
                    if (reply.Payment is { } payment)
                    {
                        _found[orderNo] = payment;
                    }

                    if (reply.Status != 404 && reply.Payment is not { HasEnded: true })
                    {
                        stillOpen.Add(orderNo);
                    }
                }

                open = stillOpen;
                return open.Count == 0;
            },
            SettleLimit,
            "every payment has ended");
        return _found;
    }

    private async Task<IEnumerable<(string OrderNo, Reply Reply)>> FindAllAsync(List<string> orderNos)
    {
        var replies = new List<(string, Reply)>(orderNos.Count);
        foreach (var some in orderNos.Chunk(AtOnce))
        {
            replies.AddRange(await Task.WhenAll(some.Select(async orderNo => (orderNo, await node.Shop.FindAsync(orderNo)))));
        }

        return replies;
    }
}
