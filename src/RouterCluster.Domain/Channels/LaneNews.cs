using System.Collections.Immutable;
using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Channels;

public abstract record LaneNews
{
    private LaneNews()
    {
    }

    /// <summary>The lane's state, and the submits that began and ended since the last report.</summary>
    /// <param name="Version">The version of the <see cref="LaneConfiguration"/> that is in force.</param>
    public sealed record Reported(long Version, LaneReport Report, ImmutableArray<LaneSignal> Signals) : LaneNews;

    public sealed record BreakerTurned(BreakerMemory Memory) : LaneNews;

    /// <summary>The payment company has announced that it takes no orders until then.</summary>
    public sealed record ClosedUntil(DateTimeOffset Until) : LaneNews;

    /// <summary>The payment company has refused a call as too many, and asks for a pause until then.</summary>
    public sealed record PausedUntil(DateTimeOffset Until) : LaneNews;
}

/// <param name="Paused">The rest of a pause that the payment company asked an earlier owner for.</param>
public sealed record LaneStart(LaneSettings Settings, BreakerMemory Breaker, TimeSpan Paused);

/// <summary>The settings of one lane from now on.</summary>
/// <param name="Version">Grows with each configuration of the channel.</param>
/// <param name="Resumes">Forget earlier announcements of the payment company of being closed or too busy.</param>
public sealed record LaneConfiguration(long Version, LaneSettings Settings, Intake Intake, bool Isolated, bool Resumes);
