using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace RouterCluster.Domain.Channels;

/// <summary>The settings of a channel that operators can override. The numbers are stored: never re-used.</summary>
[Flags]
public enum OverrideKeys
{
    None = 0,
    SubmitConcurrency = 1,
    SubmitRatePerSecond = 2,
    QueryConcurrency = 4,
    QueryRatePerSecond = 8,
    Weight = 16,

    /// <summary>Disabled or draining; the value is the lifecycle's number.</summary>
    Lifecycle = 32,

    /// <summary>The value is 1.</summary>
    Isolated = 64,
}

/// <summary>In force instead of what is configured, until somebody takes it back or its time is over.</summary>
/// <param name="Mark">Null for an override from before marks were kept.</param>
public sealed record ChannelOverride(OverrideKeys Key, double Value, OverrideMark? Mark);

public sealed record OverrideMark(DateTimeOffset At, string By)
{
    /// <summary>Null: it stays until somebody takes it back.</summary>
    public OverrideEnd? End { get; init; }
}

/// <summary>When an override ends by itself, and the override that comes back then.</summary>
/// <param name="Value">Null: none, the setting is as it was before anybody touched it.</param>
/// <param name="Mark">Of the override that comes back; it has no end.</param>
public sealed record OverrideEnd(DateTimeOffset At, double? Value, OverrideMark? Mark);

public static class OverrideNames
{
    /// <summary>The configured settings.</summary>
    public static readonly ImmutableArray<OverrideKeys> All =
    [
        OverrideKeys.SubmitConcurrency, OverrideKeys.SubmitRatePerSecond, OverrideKeys.QueryConcurrency,
        OverrideKeys.QueryRatePerSecond, OverrideKeys.Weight,
    ];

    /// <summary>What takes a channel out of traffic. No configuration has it.</summary>
    public static readonly ImmutableArray<OverrideKeys> Switches = [OverrideKeys.Lifecycle, OverrideKeys.Isolated];

    public static string Name(this OverrideKeys key) => key switch
    {
        OverrideKeys.SubmitConcurrency => "submit.concurrency",
        OverrideKeys.SubmitRatePerSecond => "submit.rate_per_second",
        OverrideKeys.QueryConcurrency => "query.concurrency",
        OverrideKeys.QueryRatePerSecond => "query.rate_per_second",
        OverrideKeys.Weight => "weight",
        OverrideKeys.Lifecycle => "lifecycle",
        OverrideKeys.Isolated => "isolated",
        OverrideKeys.None => throw new UnreachableException("No setting has no name."),
    };

    /// <summary>The value as people write it.</summary>
    public static string Text(this OverrideKeys key, double? value) => (key, value) switch
    {
        (OverrideKeys.Lifecycle, _) => ((ChannelLifecycle)(int)(value ?? (int)ChannelLifecycle.Active)).Name(),
        (OverrideKeys.Isolated, _) => value == 1 ? "on" : "off",
        (_, null) => "as configured",
        (_, { } number) => number.ToString(CultureInfo.InvariantCulture),
    };
}
