using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

/// <summary>The numbers are shown in metrics.</summary>
public enum OutageLevel
{
    None = 0,

    /// <summary>It answers late, succeeds less often than it used to, or fails for a part of its payments.</summary>
    Suspected = 1,

    /// <summary>It gets payments only to find out whether it is back.</summary>
    Down = 2,
}

public static class OutageLevels
{
    public static string Name(this OutageLevel level) => level switch
    {
        OutageLevel.None => "none",
        OutageLevel.Suspected => "suspected",
        OutageLevel.Down => "down",
    };
}

/// <summary>UTC, when it was first suspected.</summary>
public readonly record struct OutageStanding(OutageLevel Level, DateTimeOffset Since);

public readonly record struct OutageChange(ChannelId Channel, OutageLevel Before, OutageLevel Now);
