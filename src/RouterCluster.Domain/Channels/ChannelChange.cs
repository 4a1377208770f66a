using System.Diagnostics;

namespace RouterCluster.Domain.Channels;

/// <summary>Null fields stay as they are.</summary>
public sealed record ChannelChange(string By, string Reason)
{
    /// <summary>Makes the changes that nobody makes at the time: what was set for a time ends.</summary>
    public const string Router = "router";

    public ChannelLifecycle? Lifecycle { get; init; }

    public int? SubmitConcurrency { get; init; }

    public double? SubmitRatePerSecond { get; init; }

    public int? QueryConcurrency { get; init; }

    public double? QueryRatePerSecond { get; init; }

    public double? Weight { get; init; }

    public bool? Isolated { get; init; }

    public OverrideKeys Resets { get; init; }

    /// <summary>What the change sets is taken back after so long. Null: it stays until somebody changes it.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Settings that come back as they were, since the time is over for which they were changed.</summary>
    public OverrideKeys Ended { get; init; }

    /// <summary>The channel gets no such payments any more.</summary>
    public ExclusionScope? Exclude { get; init; }

    /// <summary>Of <see cref="Exclude"/>; the channel's owner gives it.</summary>
    public int ExcludeNo { get; init; }

    /// <summary>The number of the exclusion that is taken back.</summary>
    public int? Include { get; init; }

    /// <summary>The channel gets no new payments at these times.</summary>
    public MaintenancePlan? Plan { get; init; }

    /// <summary>Of <see cref="Plan"/>; the channel's owner gives it.</summary>
    public int PlanNo { get; init; }

    /// <summary>The number of the planned maintenance that is taken back.</summary>
    public int? Unplan { get; init; }

    /// <summary>Somebody takes the channel back into traffic, whatever it has announced.</summary>
    public bool Enables => Lifecycle == ChannelLifecycle.Active && !Ended.HasFlag(OverrideKeys.Lifecycle);

    public double? ValueOf(OverrideKeys key) => key switch
    {
        OverrideKeys.SubmitConcurrency => SubmitConcurrency,
        OverrideKeys.SubmitRatePerSecond => SubmitRatePerSecond,
        OverrideKeys.QueryConcurrency => QueryConcurrency,
        OverrideKeys.QueryRatePerSecond => QueryRatePerSecond,
        OverrideKeys.Weight => Weight,
        OverrideKeys.Lifecycle => (int?)Lifecycle,
        OverrideKeys.Isolated => Isolated switch { true => 1, false => 0, null => (double?)null },
        OverrideKeys.None => null,
    };

    /// <param name="value">Null: the setting is as the configuration has it, or as a channel is that nobody has touched.</param>
    public ChannelChange Restoring(OverrideKeys key, double? value)
    {
        var change = this with { Ended = Ended | key };
        return (key, value) switch
        {
            (OverrideKeys.Lifecycle, null) => change with { Lifecycle = ChannelLifecycle.Active },
            (OverrideKeys.Lifecycle, { } former) => change with { Lifecycle = (ChannelLifecycle)(int)former },
            (OverrideKeys.Isolated, _) => change with { Isolated = value == 1 },
            (_, null) => change with { Resets = Resets | key },
            (OverrideKeys.SubmitConcurrency, { } former) => change with { SubmitConcurrency = (int)former },
            (OverrideKeys.SubmitRatePerSecond, { } former) => change with { SubmitRatePerSecond = former },
            (OverrideKeys.QueryConcurrency, { } former) => change with { QueryConcurrency = (int)former },
            (OverrideKeys.QueryRatePerSecond, { } former) => change with { QueryRatePerSecond = former },
            (OverrideKeys.Weight, { } former) => change with { Weight = former },
            _ => throw new UnreachableException($"No setting {key} comes back."),
        };
    }
}
