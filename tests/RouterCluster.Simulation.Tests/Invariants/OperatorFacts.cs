using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>What operators have decided of one channel, as a reader of its stored events puts it together.</summary>
internal sealed class OperatorFacts(ChannelSetup setup)
{
    public ChannelLifecycle Lifecycle { get; private set; } = ChannelLifecycle.Active;

    public bool IsIsolated { get; private set; }

    public double Weight { get; private set; } = setup.Routed.Weight;

    private (int Concurrency, double Rate) Submit { get; set; } = Limits(setup.Submit);

    private (int Concurrency, double Rate) Query { get; set; } = Limits(setup.Query);

    public void Stored(ChannelChange change)
    {
        Lifecycle = change.Lifecycle ?? Lifecycle;
        IsIsolated = change.Isolated ?? IsIsolated;
        Weight = change.Weight ?? (change.Resets.HasFlag(OverrideKeys.Weight) ? setup.Routed.Weight : Weight);
        var concurrency = change.Resets.HasFlag(OverrideKeys.SubmitConcurrency) ? setup.Submit.Concurrency : Submit.Concurrency;
        Submit = (change.SubmitConcurrency ?? concurrency, change.SubmitRatePerSecond ?? Submit.Rate);
        Query = (change.QueryConcurrency ?? Query.Concurrency, change.QueryRatePerSecond ?? Query.Rate);
    }

    public (int Concurrency, double Rate) Of(ChannelLane lane) => lane == ChannelLane.Submit ? Submit : Query;

    public static (int Concurrency, double Rate) Limits(LaneSettings lane) => (lane.Concurrency, lane.RatePerSecond);
}
