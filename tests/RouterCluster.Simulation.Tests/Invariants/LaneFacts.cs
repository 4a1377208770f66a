using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>What is known of one channel's lane from outside, over all its owners.</summary>
internal sealed class LaneFacts(ChannelId channel, ChannelLane lane, LaneSettings settings)
{
    public string Name { get; } = $"{channel}'s {lane} lane";

    public LaneSettings Settings { get; set; } = settings;

    public Intake Intake { get; set; }

    public bool IsIsolated { get; set; }

    /// <summary>As the company counts it.</summary>
    public int InFlight { get; set; }

    /// <summary>Budgets that calls of today may have started under, each with the moment at which it ceased to hold.</summary>
    public List<(int Budget, TimeSpan Until)> OldBudgets { get; } = [];

    public double Tokens { get; set; } = settings.Concurrency;

    public TimeSpan TokensAt { get; set; }

    public BreakerState Breaker { get; set; }

    /// <summary>Grows with each state of the breaker and each owner.</summary>
    public long Era { get; set; }

    public TimeSpan EraSince { get; set; }

    public int Probing { get; set; }

    public int Good { get; set; }

    public int Bad { get; set; }

    public int Refused { get; set; }
}
