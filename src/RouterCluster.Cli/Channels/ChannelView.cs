using RouterCluster.Api;
using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Channels;

/// <summary>One channel with everything that is known of it.</summary>
internal static class ChannelView
{
    // A channel's sums carry no currency of their own; the router's books are in yuan.
    private const string Currency = "CNY";

    public static void Show(IAnsiConsole screen, ChannelBody channel)
    {
        screen.Write(Sheet.Facts()
            .Fact("Channel", channel.Id)
            .Fact("Lifecycle", channel.Lifecycle, Colours.OfLifecycle(channel.Lifecycle))
            .Fact("Enabled", channel.Enabled ? "yes" : "no")
            .Fact("Maintenance", channel.MaintenanceUntil is { } until ? $"until {Words.Moment(until)}" : "none")
            .Fact("Payments", Closed(channel.Closed))
            .Fact("Outage", Outage(channel.Outage))
            .Fact("Products", Words.List(channel.Products))
            .Fact("Weight", Words.Number(channel.Weight))
            .Fact("Traffic share", Words.Percent(channel.TrafficShare))
            .Fact("Success rate", Words.Percent(channel.SuccessRate))
            .Fact("Unknown", Unknown(channel.Unknown))
            .Fact("Overrides", channel.Overrides is { Count: > 0 } all ? $"{all.Count}" : "none, the configuration is in force")
            .Fact("Last change", Changed(channel.Changed)));
        foreach (var one in channel.Overrides ?? [])
        {
            screen.Write(Sheet.Cell(Override(one), new Style(Color.Yellow)));
            screen.WriteLine();
        }

        var lanes = Sheet.Table().Left("Lane", "Breaker").Right("Busy", "Queue", "Rate/s", "p50", "p99");
        lanes.AddRow(Lane("submit", channel.Submit));
        lanes.AddRow(Lane("query", channel.Query));
        screen.Write(lanes);
    }

    public static Text[] Lane(string name, LaneBody lane) =>
    [
        Sheet.Cell(name),
        Sheet.Cell(lane.Breaker, Colours.OfBreaker(lane.Breaker)),
        Sheet.Cell($"{lane.InFlight}/{lane.Budget}"),
        Sheet.Cell($"{lane.Queue}"),
        Sheet.Cell(Words.Number(lane.RatePerSecond)),
        Sheet.Cell(Words.Milliseconds(lane.P50Ms)),
        Sheet.Cell(Words.Milliseconds(lane.P99Ms)),
    ];

    public static string Oldest(UnknownBody unknown) =>
        unknown.Count == 0 ? Words.Nothing : Words.Seconds(unknown.OldestSeconds);

    /// <summary>In one word what keeps payments away, or else how the channel does.</summary>
    public static Text State(ChannelBody channel) => channel switch
    {
        { Closed: { Until: not null, Why: var why } } => Sheet.Cell(why, new Style(Color.Yellow)),
        { Closed: null, Outage: { } outage } => Sheet.Cell(outage.Level, Colours.OfOutage(outage.Level)),
        _ => Sheet.Cell(channel.Lifecycle, Colours.OfLifecycle(channel.Lifecycle)),
    };

    /// <summary>Until when payments are kept away, where that is known.</summary>
    public static Text Until(ChannelBody channel) =>
        Sheet.Cell(channel.Closed?.Until is { } until ? $"to {Words.Clock(until)}" : "");

    private static string Closed(ClosedBody? closed) => closed switch
    {
        null => "taken",
        { Until: { } until } => $"none until {Words.Moment(until)}: {closed.Why}",
        _ => $"none: {closed.Why}",
    };

    private static string Outage(OutageBody? outage) =>
        outage is null ? "none" : $"{outage.Level} since {Words.Moment(outage.Since)}";

    private static string Unknown(UnknownBody unknown) => unknown.Count == 0
        ? "none"
        : $"{unknown.Count}, {Words.Money(unknown.Amount, Currency)}, oldest {Oldest(unknown)}";

    private static string Override(OverrideBody one)
    {
        var who = one.By is null ? "" : $", by {one.By}";
        var since = one.Since is { } at ? $" since {Words.Moment(at)}" : "";
        return $"{one.What} is {Words.Number(one.Value)} instead of {Words.Number(one.Configured)}{who}{since}";
    }

    private static string Changed(ChangedBody? changed) => changed is null
        ? "never"
        : $"{changed.What} by {changed.By}, {Words.Moment(changed.At)}"
            + (changed.Reason is null ? "" : $": {changed.Reason}");
}
