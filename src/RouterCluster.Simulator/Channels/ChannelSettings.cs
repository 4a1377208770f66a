namespace RouterCluster.Simulator.Channels;

public sealed record ChannelSettings
{
    public ChannelMode Mode { get; init; }

    /// <summary>Of the orders that do not fail by the customer's fault, the share that succeeds.</summary>
    public double SuccessRate { get; init; } = 1;

    public double CustomerFailureRate { get; init; }

    /// <summary>The median; 0 means no delay at all.</summary>
    public int LatencyMs { get; init; } = 20;

    public int LatencyP99Ms { get; init; } = 80;

    /// <summary>How long after its booking a query still says not_found.</summary>
    public int QueryVisibleAfterMs { get; init; }

    /// <summary>Submits beyond it are turned away with TOO_FAST; 0 means no limit.</summary>
    public int MaxConcurrency { get; init; }

    /// <summary>How much longer a maintenance or throttling says that it lasts; 0 means that it does not say.</summary>
    public int RetryAfterS { get; init; }

    public NotifyMode Notify { get; init; }

    public long Seed { get; init; } = 1;
}
