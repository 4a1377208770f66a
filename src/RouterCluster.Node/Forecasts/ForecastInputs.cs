using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Forecasts;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Forecasts;

/// <summary>Channels as forecasts see them: now, and after a change.</summary>
internal static class ForecastInputs
{
    public static ForecastChannel ToForecast(
        this ChannelSettings channel, ChannelStatus status, DateTimeOffset now,
        ImmutableDictionary<Product, AttemptCounts>? counts) =>
        new(channel.Id, channel.Terms, status.Lifecycle, status.Weight, status.Submit)
        {
            IsPaused = channel.Retired || status.Closed is { Why: ClosingReason.Throttled },
            Maintenance = EndsOf(status, now),
            Exclusions = [.. status.Exclusions.Select(one => one.Scope)],
            Counts = counts,
        };

    public static ChannelAfter After(this ChannelChange change, ChannelSettings channel, ChannelStatus status)
    {
        var closes = change.Lifecycle is ChannelLifecycle.Disabled or ChannelLifecycle.Draining || change.Isolated == true;
        return new ChannelAfter(
            !closes, Value(OverrideKeys.Weight), (int)Value(OverrideKeys.SubmitConcurrency),
            Value(OverrideKeys.SubmitRatePerSecond))
        {
            Excluded = change.Exclude,
        };

        double Value(OverrideKeys key) => ValueAfter(change, channel, key) ?? Now(status, key);
    }

    /// <summary>Each setting that the change names, as people write its values.</summary>
    public static IEnumerable<(string What, string Now, string Then)> Differences(
        this ChannelChange change, ChannelSettings channel, ChannelStatus status)
    {
        foreach (var key in OverrideNames.Switches.Concat(OverrideNames.All))
        {
            if (ValueAfter(change, channel, key) is { } then)
            {
                yield return (key.Name(), key.Text(Now(status, key)), key.Text(then));
            }
        }

        if (change.Exclude is { } scope)
        {
            var isKnown = status.Exclusions.Any(one => one.Scope == scope);
            yield return ("exclusion", isKnown ? scope.ToString() : "none", scope.ToString());
        }
    }

    /// <summary>Null: the change leaves the setting as it is.</summary>
    private static double? ValueAfter(ChannelChange change, ChannelSettings channel, OverrideKeys key) =>
        change.ValueOf(key) ?? (change.Resets.HasFlag(key) ? channel.Configured(key) : null);

    private static double Now(ChannelStatus status, OverrideKeys key) => key switch
    {
        OverrideKeys.SubmitConcurrency => status.Submit.Budget,
        OverrideKeys.SubmitRatePerSecond => status.Submit.RatePerSecond,
        OverrideKeys.QueryConcurrency => status.Query.Budget,
        OverrideKeys.QueryRatePerSecond => status.Query.RatePerSecond,
        OverrideKeys.Weight => status.Weight,
        OverrideKeys.Lifecycle => (int)status.Lifecycle,
        OverrideKeys.Isolated => status.Submit.Breaker == BreakerState.Isolated ? 1 : 0,
        OverrideKeys.None => 0,
    };

    private static MaintenanceEnds EndsOf(ChannelStatus status, DateTimeOffset now)
    {
        var ends = status.MaintenanceUntil is { } until ? MaintenanceEnds.None.With(null, until) : MaintenanceEnds.None;
        foreach (var planned in status.Planned)
        {
            ends = planned.Plan.Window.EndOf(now) is { } end ? ends.With(planned.Plan.Bank, end) : ends;
        }

        return ends;
    }
}
