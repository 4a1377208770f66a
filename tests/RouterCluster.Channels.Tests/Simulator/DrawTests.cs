using System.Diagnostics;

namespace RouterCluster.Channels.Tests.Simulator;

public sealed class DrawTests : SimulatorTest
{
    private const string Mixed = """{ "success_rate": 0.5, "customer_failure_rate": 0.3, "seed": 7 }""";

    [Fact]
    public async Task The_same_seed_gives_the_same_outcomes_here_and_elsewhere()
    {
        await using var other = await SimulatedPsp.StartAsync();
        await Psp.SetAsync(Mixed);
        await other.SetAsync(Mixed);
        var first = await CodesAsync(Psp, "a", 60);

        Assert.Equal(first, await CodesAsync(other, "b", 60));
        await Psp.SetAsync("""{ "seed": 7 }""");
        Assert.Equal(first, await CodesAsync(Psp, "c", 60));
        await Psp.SetAsync("""{ "seed": 8 }""");
        Assert.NotEqual(first, await CodesAsync(Psp, "d", 60));
    }

    [Fact]
    public async Task Queries_and_duplicates_draw_nothing()
    {
        await Psp.SetAsync(Mixed);
        var undisturbed = await CodesAsync(Psp, "a", 20);
        await Psp.SetAsync(Mixed);
        var disturbed = new List<string>();
        for (var order = 0; order < 20; order++)
        {
            disturbed.Add((await Psp.SubmitAsync($"b{order}")).Code);
            await Psp.QueryAsync($"b{order}");
            Assert.Equal("12", (await Psp.SubmitAsync($"b{order}")).Code);
        }

        Assert.Equal(undisturbed, disturbed);
    }

    [Fact]
    public async Task Rates_are_shares_of_the_orders_and_only_success_moves_money()
    {
        await Psp.SetAsync(Mixed);
        var codes = await CodesAsync(Psp, "a", 1000);

        var customer = codes.Count(code => code is "51" or "54" or "40" or "61" or "60");
        var channel = codes.Count(code => code is "39" or "33");
        var success = codes.Count(code => code == "00");
        Assert.Equal(1000, customer + channel + success);
        Assert.InRange(customer, 240, 360);
        Assert.InRange(success, 290, 410);
        Assert.Equal(7, codes.Where(code => code != "00").Distinct().Count());
        Assert.Equal(success, (await Psp.CallsAsync()).Count(call => call.Money == "moved"));
    }

    [Theory]
    [InlineData("""{ "customer_failure_rate": 1 }""", "51 54 40 61 60")]
    [InlineData("""{ "success_rate": 0 }""", "39 33")]
    public async Task A_failure_is_told_again_by_the_query(string settings, string allowed)
    {
        await Psp.SetAsync(settings);
        var submitted = await Psp.SubmitAsync("order1");

        Assert.Equal("failed", submitted.Status);
        Assert.Contains(submitted.Code, allowed.Split(' '));
        Assert.Equal(submitted.Verdict, (await Psp.QueryAsync("order1")).Verdict);
    }

    [Fact]
    public async Task Latency_holds_back_submits_and_queries()
    {
        await Psp.SetAsync("""{ "latency_ms": 150, "latency_p99_ms": 150 }""");

        var watch = Stopwatch.StartNew();
        await Psp.SubmitAsync("order1");
        Assert.True(watch.ElapsedMilliseconds >= 140, "The submit was not delayed.");
        watch.Restart();
        await Psp.QueryAsync("order1");
        Assert.True(watch.ElapsedMilliseconds >= 140, "The query was not delayed.");
    }

    private static async Task<List<string>> CodesAsync(SimulatedPsp psp, string prefix, int count)
    {
        var codes = new List<string>();
        for (var order = 0; order < count; order++)
        {
            codes.Add((await psp.SubmitAsync($"{prefix}{order}")).Code);
        }

        return codes;
    }
}
