using RouterCluster.Domain.Lanes;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>Calls in any window never exceed rate × window + burst, over all owners: nobody starts with a full bucket.</summary>
/// <remarks>Law 6.5.</remarks>
internal static class S6Rate
{
    private const double Rounding = 1e-3;

    public static void CallStarts(LaneFacts facts, TimeSpan now)
    {
        Advance(facts, now);
        facts.Tokens -= 1;
        if (facts.Tokens < -Rounding)
        {
            throw new InvariantViolation(
                "S6", null,
                $"rate: {facts.Name} starts more than {facts.Settings.RatePerSecond} calls a second and a burst of "
                + $"{facts.Settings.Concurrency}");
        }
    }

    public static void Changes(LaneFacts facts, LaneSettings settings, TimeSpan now)
    {
        Advance(facts, now);
        facts.Tokens = Math.Min(facts.Tokens, settings.Concurrency);
    }

    private static void Advance(LaneFacts facts, TimeSpan now)
    {
        var gained = (now - facts.TokensAt).TotalSeconds * facts.Settings.RatePerSecond;
        facts.Tokens = Math.Min(facts.Settings.Concurrency, facts.Tokens + gained);
        facts.TokensAt = now;
    }
}
