using System.Text.Json.Nodes;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Forecasts;

/// <summary>What would happen if a channel was disabled, on a whole node that counts in the Redis of its own process.</summary>
public sealed class DryRunWithCountersTests : IAsyncLifetime
{
    private const int Paid = 30;
    private WholeNode _node = null!;

    public async Task InitializeAsync() => _node = await SecondChannel.StartAsync("""{ "latency_ms": 1 }""");

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Rates_and_room_are_those_of_the_payments_that_were_made()
    {
        await _node.ControlAsync("""{ "success_rate": 0.85, "customer_failure_rate": 0.1, "seed": 7 }""");
        await _node.SetAsync("bravo", """{ "success_rate": 0.8, "seed": 8 }""");
        var attempts = await PayAsync();
        var (alpha, bravo) = (Attempts.Of(attempts, "alpha"), Attempts.Of(attempts, "bravo"));
        Assert.True(alpha.All > 0 && bravo.Decided > 0, $"alpha {alpha}, bravo {bravo}");

        JsonNode? forecast = null;
        await WholeNode.EventuallyAsync(async () =>
        {
            forecast = await ForecastAsync();
            return CountOf(forecast) == (bravo.Rate, alpha.Rate, alpha.Payments) ? null : $"{CountOf(forecast)}: {forecast}";
        });

        Assert.Empty(forecast!["not_known"]!.AsArray());
        Assert.Equal(alpha.Payments, (int)forecast["moving"]!);
        Assert.Equal(bravo.Rate, (double?)forecast["success_after"]);
        var item = Assert.Single(forecast["items"]!.AsArray())!;
        Assert.Equal("policy", (string?)item["chosen"]);
        Assert.Equal(alpha.Payments / (double)Paid, (double)item["moving_share_of_all"]!, 6);
        var target = Assert.Single(forecast["targets"]!.AsArray())!;
        Assert.Equal(("bravo", true), ((string?)target["channel"], (bool?)target["enough"]));
        Assert.InRange((double)target["free_rate_per_second"]!, 199, 200 - (bravo.All / 3660.0));
    }

    /// <summary>The channels' attempts, of which the last ones decide the payments.</summary>
    private async Task<IReadOnlyList<JsonNode>> PayAsync()
    {
        var attempts = new List<JsonNode>();
        for (var number = 0; number < Paid; number++)
        {
            var (_, payment) = await _node.PayAsync($"A-{number}", "withhold", wait: 10);
            var made = payment["attempts"]!.AsArray();
            attempts.AddRange(made.Select(attempt => attempt!));
            made[^1]!["is_last"] = true;
        }

        return attempts;
    }

    private async Task<JsonNode> ForecastAsync()
    {
        var (status, forecast) = await _node.DryRunAsync("alpha/disable", """{ "reason": "it fails" }""");
        Assert.Equal(200, status);
        return forecast;
    }

    private static (double? Bravo, double? Before, int Payments) CountOf(JsonNode forecast) => (
        (double?)forecast["targets"]?.AsArray().FirstOrDefault()?["success_rate"], (double?)forecast["success_before"],
        (int)forecast["payments"]!);

    /// <summary>The customers' own failures say nothing of a channel.</summary>
    private sealed record Attempts(int All, int Succeeded, int Faults, int Payments)
    {
        public int Decided => Succeeded + Faults;

        public double Rate => Succeeded / (double)Decided;

        public static Attempts Of(IEnumerable<JsonNode> attempts, string channel)
        {
            var own = attempts.Where(attempt => (string?)attempt["channel"] == channel).ToList();
            return new Attempts(
                own.Count, own.Count(attempt => (string?)attempt["state"] == "succeeded"),
                own.Count(attempt => ((string)attempt["class"]!).StartsWith("channel_", StringComparison.Ordinal)),
                own.Count(attempt => attempt["is_last"] is not null));
        }
    }
}
