using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>What operators have decided of one channel, as a reader of its stored events puts it together.</summary>
/// <param name="Last">The change that led to this; null before the first one.</param>
internal sealed record OperatorFacts(
    ChannelSetup Setup,
    ChannelChange? Last,
    ChannelLifecycle Lifecycle,
    bool IsIsolated,
    double Weight,
    (int Concurrency, double Rate) Submit,
    (int Concurrency, double Rate) Query)
{
    public static OperatorFacts Of(ChannelSetup setup) => new(
        setup, null, ChannelLifecycle.Active, false, setup.Routed.Weight, Limits(setup.Submit), Limits(setup.Query));

    public OperatorFacts After(ChannelChange change)
    {
        var weight = change.Resets.HasFlag(OverrideKeys.Weight) ? Setup.Routed.Weight : Weight;
        var concurrency = change.Resets.HasFlag(OverrideKeys.SubmitConcurrency) ? Setup.Submit.Concurrency : Submit.Concurrency;
        return this with
        {
            Last = change,
            Lifecycle = change.Lifecycle ?? Lifecycle,
            IsIsolated = change.Isolated ?? IsIsolated,
            Weight = change.Weight ?? weight,
            Submit = (change.SubmitConcurrency ?? concurrency, change.SubmitRatePerSecond ?? Submit.Rate),
            Query = (change.QueryConcurrency ?? Query.Concurrency, change.QueryRatePerSecond ?? Query.Rate),
        };
    }

    public (int Concurrency, double Rate) Of(ChannelLane lane) => lane == ChannelLane.Submit ? Submit : Query;

    public static (int Concurrency, double Rate) Limits(LaneSettings lane) => (lane.Concurrency, lane.RatePerSecond);
}
