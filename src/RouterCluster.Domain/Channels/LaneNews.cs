using System.Collections.Immutable;
using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Channels;

/// <summary>What a lane tells its channel.</summary>
public abstract record LaneNews
{
    private LaneNews()
    {
    }

    /// <summary>The lane's state, and what began and ended since the last report.</summary>
    /// <param name="Version">Of the last <see cref="LaneConfiguration"/> that is in force.</param>
    public sealed record Reported(long Version, LaneReport Report, ImmutableArray<LaneSignal> Signals) : LaneNews;

    public sealed record BreakerTurned(BreakerMemory Memory) : LaneNews;

    /// <summary>The payment company has answered that it takes no orders until then.</summary>
    public sealed record ClosedUntil(DateTimeOffset Until) : LaneNews;

    /// <summary>The payment company has refused a call as one too many, and asks to be left alone until then.</summary>
    public sealed record PausedUntil(DateTimeOffset Until) : LaneNews;
}

/// <summary>With what a lane begins.</summary>
/// <param name="Paused">How much longer the payment company wants to be left alone, as it told an earlier owner.</param>
public sealed record LaneStart(LaneSettings Settings, BreakerMemory Breaker, TimeSpan Paused);

/// <summary>What a channel wants of one of its lanes from now on.</summary>
/// <param name="Version">Grows with each of a channel's configurations.</param>
/// <param name="Resumes">Forget what the payment company has said of being closed or too busy.</param>
public sealed record LaneConfiguration(long Version, LaneSettings Settings, Intake Intake, bool Isolated, bool Resumes);
