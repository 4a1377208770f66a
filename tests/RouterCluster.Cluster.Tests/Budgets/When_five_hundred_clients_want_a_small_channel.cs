using RouterCluster.Cluster.Tests.Judging;
using RouterCluster.Cluster.Tests.Merchants;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Budgets;

public sealed class When_five_hundred_clients_want_a_small_channel(BudgetFixture budget, ITestOutputHelper output)
    : IClassFixture<BudgetFixture>, IDisposable
{
    private const int Clients = 500;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(LongRun.Or(full: 30, normal: 4));

    /// <summary>A token is taken a moment before the channel reads the call: a busy machine may deliver some late.</summary>
    private static readonly TimeSpan Delivery = TimeSpan.FromSeconds(1);

    public void Dispose() => budget.Node.WriteLog(output);

    [Fact]
    public async Task It_never_sees_more_calls_at_once_than_its_budget()
    {
        await budget.Psp.SetAsync(BudgetFixture.Narrow, new { mode = "ok", latency_ms = 20, latency_p99_ms = 80 });

        var statement = await FloodAsync(BudgetFixture.Narrow, "NARROW");

        await IsWithinBudgetAsync(BudgetFixture.Narrow);
        await EndsInTruthAsync(statement);
    }

    [Fact]
    public async Task Nor_while_its_calls_time_out()
    {
        await budget.Psp.SetAsync(BudgetFixture.Narrow, new { mode = "hang" });

        var statement = await FloodAsync(BudgetFixture.Narrow, "HANG");

        await IsWithinBudgetAsync(BudgetFixture.Narrow);
        await budget.Psp.SetAsync(BudgetFixture.Narrow, new { mode = "ok", latency_ms = 5, latency_p99_ms = 5 });
        await EndsInTruthAsync(statement);
        await IsWithinBudgetAsync(BudgetFixture.Narrow);
    }

    [Fact]
    public async Task It_never_gets_more_calls_than_its_rate_and_one_burst()
    {
        await budget.Psp.SetAsync(BudgetFixture.Paced, new { mode = "ok", latency_ms = 2, latency_p99_ms = 5 });

        var statement = await FloodAsync(BudgetFixture.Paced, "PACED");

        var moments = (await budget.Psp.LogAsync(BudgetFixture.Paced)).Calls
            .Where(call => call.IsSubmit).Select(call => call.At).Order().ToList();
        var seconds = (moments[^1] - moments[0]).TotalSeconds;
        output.WriteLine($"{moments.Count} submits in {seconds:0.0} s at {BudgetFixture.Rate}/s");
        foreach (var window in new[] { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), Duration })
        {
            var most = BudgetFixture.SubmitBudget + (int)Math.Ceiling((window + Delivery).TotalSeconds * BudgetFixture.Rate);
            Assert.InRange(MostWithin(moments, window), 1, most);
        }

        await EndsInTruthAsync(statement);
    }

    [Fact]
    public async Task Who_finds_it_full_is_answered_at_once()
    {
        await budget.Psp.SetAsync(BudgetFixture.Narrow, new { mode = "ok", latency_ms = 300, latency_p99_ms = 350 });
        var load = Load.Start("FULL", Clients, orderNo => PayAsync(orderNo, BudgetFixture.Narrow));
        await Until.TrueAsync(
            async () => (await budget.Node.ChannelAsync(BudgetFixture.Narrow)).Submit.Queue > 32,
            Duration * 5,
            "the queue fills up");

        // With these two a payment would wait 10 s for a place and a result, if it waited.
        var refused = new List<Reply>();
        await Until.TrueAsync(
            async () =>
            {
                var reply = await budget.Node.Shop.PayAsync($"FULL-{Guid.NewGuid():N}", BankOf(BudgetFixture.Narrow), wait: 0);
                refused.AddRange(reply.IsBusy ? [reply] : []);
                return refused.Count >= 5;
            },
            Duration * 10,
            "payments are refused");

        var statement = await load.StopAsync();
        Assert.All(refused, reply => Assert.Equal((503, "no_channel"), (reply.Status, reply.Code)));
        Assert.All(refused, reply => Assert.True(reply.RetryAfter >= TimeSpan.FromSeconds(1)));
        Assert.Equal(0, statement.Unexpected);
    }

    private static int MostWithin(List<DateTimeOffset> moments, TimeSpan window)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < moments.Count; last++)
        {
            while (moments[last] - moments[first] >= window)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    private static string BankOf(string channel) => channel.ToUpperInvariant();

    private async Task<Statement> FloodAsync(string channel, string prefix)
    {
        await budget.Psp.ForgetCallsAsync(channel);
        var load = Load.Start(prefix, Clients, orderNo => PayAsync(orderNo, channel));
        await Task.Delay(Duration);
        return await load.StopAsync();
    }

    private Task<Reply> PayAsync(string orderNo, string channel) =>
        budget.Node.Shop.PayAsync(orderNo, BankOf(channel), wait: 2);

    private async Task IsWithinBudgetAsync(string channel)
    {
        var highest = (await budget.Psp.LogAsync(channel)).HighestConcurrency;
        output.WriteLine($"{channel}: at most {highest.Submit} submits and {highest.Query} queries at once");
        Assert.InRange(highest.Submit, 1, BudgetFixture.SubmitBudget);
        Assert.InRange(highest.Query, 0, BudgetFixture.QueryBudget);
    }

    private async Task EndsInTruthAsync(Statement statement)
    {
        var (verdict, _) = await new Judge(budget.Node, budget.Psp, BudgetFixture.Channels).JudgeSomeAsync(statement);
        output.WriteLine($"answers: {statement}");
        output.WriteLine($"{verdict}");
        verdict.IsTruthful();
        Assert.Equal(0, statement.Unexpected);
        await budget.Node.BecomesIdleAsync();
    }
}
