namespace RouterCluster.Simulator.Channels;

public sealed record ChannelSettings
{
    public ChannelMode Mode { get; init; }

    /// <summary>Share of successes among orders that do not fail by the customer's fault.</summary>
    public double SuccessRate { get; init; } = 1;

    public double CustomerFailureRate { get; init; }

    /// <summary>The median; 0 means no delay.</summary>
    public int LatencyMs { get; init; } = 20;

    public int LatencyP99Ms { get; init; } = 80;

    /// <summary>How long after the booking a query still says not_found.</summary>
    public int QueryVisibleAfterMs { get; init; }

    /// <summary>Further submits are refused with TOO_FAST; 0 means no limit.</summary>
    public int MaxConcurrency { get; init; }

    /// <summary>The announced rest of a maintenance or throttling; 0 means that none is announced.</summary>
    public int RetryAfterS { get; init; }

    public NotifyMode Notify { get; init; }

    public long Seed { get; init; } = 1;
}
