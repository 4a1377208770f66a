using System.Globalization;
using System.Net;

namespace RouterCluster.Channels.Tests.Simulator;

public sealed class CallLogTests : SimulatorTest
{
    [Fact]
    public async Task Every_call_is_there_in_order_with_its_time()
    {
        await Psp.SubmitAsync("order1", 5);
        await Psp.QueryAsync("order1");
        await Psp.QueryAsync("order2");

        Assert.Equal(
            [("submit", "order1", 5, "moved"), ("query", "order1", 5, "not_moved"), ("query", "order2", 0, "not_moved")],
            await Psp.CallsAsync());
        var at = (string)(await Psp.GetControlAsync("/alpha/log"))["calls"]![0]!["at"]!;
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", at);
        var age = DateTimeOffset.UtcNow - DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
        Assert.InRange(age, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Concurrency_is_counted_per_kind()
    {
        await Psp.SetAsync("""{ "latency_ms": 2000, "latency_p99_ms": 2000 }""");
        var submits = Enumerable.Range(0, 8).Select(order => Psp.SubmitAsync($"order{order}")).ToArray();
        var queries = Enumerable.Range(0, 3).Select(_ => Psp.QueryAsync("nobody")).ToArray();
        await Task.WhenAll([.. submits, .. queries]);

        Assert.Equal((8, 3), await ConcurrencyAsync("highest_concurrency"));
        Assert.Equal((0, 0), await ConcurrencyAsync("current_concurrency"));
    }

    [Fact]
    public async Task A_caller_that_waits_for_each_answer_is_never_counted_twice()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async worker =>
        {
            for (var call = 0; call < 150; call++)
            {
                await Psp.SubmitAsync($"order-{worker}-{call}");
            }
        }));

        var (submit, _) = await ConcurrencyAsync("highest_concurrency");
        Assert.InRange(submit, 2, 16);
        Assert.Equal(16 * 150, (await Psp.CallsAsync()).Count(call => call.Money == "moved"));
    }

    [Fact]
    public async Task A_call_that_is_held_counts_until_its_caller_leaves()
    {
        await Psp.SetAsync("""{ "mode": "lost_response" }""");
        using var leave = new CancellationTokenSource();
        var held = Enumerable.Range(0, 5).Select(order => Psp.SubmitAsync($"order{order}", cancellation: leave.Token)).ToArray();
        await SimulatedPsp.Eventually(async () => await ConcurrencyAsync("current_concurrency") == (5, 0));

        await leave.CancelAsync();
        await SimulatedPsp.Eventually(async () => await ConcurrencyAsync("current_concurrency") == (0, 0));
        Assert.Equal((5, 0), await ConcurrencyAsync("highest_concurrency"));
        Assert.All(held, call => Assert.False(call.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task Submits_above_the_limit_are_too_fast_and_not_booked()
    {
        await Psp.SetAsync("""{ "max_concurrency": 4, "latency_ms": 2000, "latency_p99_ms": 2000 }""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(order => Psp.SubmitAsync($"order{order}")));

        Assert.Equal(4, answers.Count(answer => answer.Code == "00"));
        Assert.Equal(2, answers.Count(answer => answer.Verdict == ("failed", "TOO_FAST")));
        Assert.Equal(4, (await Psp.GetControlAsync("/alpha/books"))["orders"]!.AsArray().Count);
    }

    [Fact]
    public async Task Deleting_the_log_keeps_the_books()
    {
        await Psp.SubmitAsync("order1", 70);

        Assert.Equal(HttpStatusCode.NoContent, await Psp.DeleteLogAsync());
        Assert.Empty(await Psp.CallsAsync());
        Assert.Equal((0, 0), await ConcurrencyAsync("highest_concurrency"));
        var order = (await Psp.GetControlAsync("/alpha/books"))["orders"]!.AsArray().Single()!;
        Assert.Equal(
            ("order1", 70, "succeeded", "moved"),
            ((string)order["order_no"]!, (long)order["amount"]!, (string)order["state"]!, (string)order["money"]!));
    }

    [Fact]
    public async Task A_full_log_drops_its_oldest_calls_and_says_how_many()
    {
        await using var small = await SimulatedPsp.StartAsync(logCapacity: 1);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            for (var call = 0; call < 600; call++)
            {
                await small.QueryAsync($"order-{worker}-{call}");
            }
        }));

        var log = await small.GetControlAsync("/alpha/log");
        Assert.Equal(4800, (long)log["dropped"]! + log["calls"]!.AsArray().Count);
        Assert.True((long)log["dropped"]! > 0);
    }

    private async Task<(int Submit, int Query)> ConcurrencyAsync(string field)
    {
        var counts = (await Psp.GetControlAsync("/alpha/log"))[field]!;
        return ((int)counts["submit"]!, (int)counts["query"]!);
    }
}
