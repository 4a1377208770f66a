using System.Collections.Immutable;
using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Channels;

public abstract record LaneNews
{
    private LaneNews()
    {
    }

    /// <param name="Version">Of the <see cref="LaneConfiguration"/> in force.</param>
    public sealed record Reported(long Version, LaneReport Report, ImmutableArray<LaneSignal> Signals) : LaneNews;

    public sealed record BreakerTurned(BreakerMemory Memory) : LaneNews;

    public sealed record ClosedUntil(DateTimeOffset Until) : LaneNews;

    public sealed record PausedUntil(DateTimeOffset Until) : LaneNews;
}

public sealed record LaneStart(LaneSettings Settings, BreakerMemory Breaker, TimeSpan Paused);

/// <param name="Version">Grows with each configuration of the channel.</param>
/// <param name="Resumes">Forget earlier announcements of being closed or too busy.</param>
public sealed record LaneConfiguration(long Version, LaneSettings Settings, Intake Intake, bool Isolated, bool Resumes)
{
    /// <summary>Orders that operators keep away from the channel.</summary>
    public ImmutableArray<ExclusionScope> Exclusions { get; init; } = [];
}
