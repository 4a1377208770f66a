namespace RouterCluster.Domain.Channels;

/// <summary>Null fields stay as they are.</summary>
public sealed record ChannelChange(string By, string Reason)
{
    public ChannelLifecycle? Lifecycle { get; init; }

    public int? SubmitConcurrency { get; init; }

    public double? SubmitRatePerSecond { get; init; }

    public int? QueryConcurrency { get; init; }

    public double? QueryRatePerSecond { get; init; }

    public double? Weight { get; init; }

    public bool? Isolated { get; init; }

    public OverrideKeys Resets { get; init; }

    public double? ValueOf(OverrideKeys key) => key switch
    {
        OverrideKeys.SubmitConcurrency => SubmitConcurrency,
        OverrideKeys.SubmitRatePerSecond => SubmitRatePerSecond,
        OverrideKeys.QueryConcurrency => QueryConcurrency,
        OverrideKeys.QueryRatePerSecond => QueryRatePerSecond,
        OverrideKeys.Weight => Weight,
        OverrideKeys.None => null,
    };
}
