using RouterCluster.Api;
using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Channels;

internal static class ChannelView
{
    private const string Lifecycle = "lifecycle";

    private static readonly ColumnTable<(string Name, LaneBody Lane)> Lanes = new ColumnTable<(string Name, LaneBody Lane)>()
        .Label("Lane", row => row.Name)
        .Label("Breaker", row => row.Lane.Breaker, style: row => Colours.OfBreaker(row.Lane.Breaker))
        .Number("Busy", row => $"{row.Lane.InFlight}/{row.Lane.Budget}", rank: 1)
        .Number("Queue", row => $"{row.Lane.Queue}", rank: 2)
        .Number("Rate/s", row => DisplayText.Number(row.Lane.RatePerSecond), rank: 4)
        .Number("p50", row => DisplayText.Milliseconds(row.Lane.P50Ms), rank: 5)
        .Number("p99", row => DisplayText.Milliseconds(row.Lane.P99Ms), rank: 3);

    public static void Show(IAnsiConsole screen, ChannelBody channel)
    {
        new FactList()
            .Fact("Channel", channel.Id)
            .Fact("Lifecycle", channel.Lifecycle, Colours.OfLifecycle(channel.Lifecycle))
            .Fact("Enabled", channel.Enabled ? "yes" : "no")
            .Fact("Owner", channel.NoOwnerSeconds is { } time ? $"none that sends, for {DisplayText.Seconds(time)}" : "sends")
            .Fact("Maintenance", channel.MaintenanceUntil is { } until ? $"until {DisplayText.Moment(until)}" : "none")
            .Fact("New payments", Closed(channel.Closed))
            .Fact("Outage", Outage(channel.Outage))
            .Fact("Products", DisplayText.List(channel.Products))
            .Fact("Weight", DisplayText.Number(channel.Weight))
            .Fact("Traffic share", DisplayText.Percent(channel.TrafficShare))
            .Fact("Success rate", DisplayText.Percent(channel.SuccessRate))
            .Fact("Unknown", Unknown(channel.Unknown))
            .Fact("Overrides", channel.Overrides is { Count: > 0 } all ? $"{all.Count}" : "none, the configuration is in force")
            .Fact("Exclusions", channel.Exclusions is { Count: > 0 } parts ? $"{parts.Count}" : "none")
            .Fact("Last change", Changed(channel.Changed))
            .Show(screen);
        foreach (var one in channel.Overrides ?? [])
        {
            screen.Say(Override(one), new Style(Color.Yellow));
        }

        foreach (var exclusion in channel.Exclusions ?? [])
        {
            screen.Say(Exclusion(exclusion), new Style(Color.Yellow));
        }

        foreach (var end in channel.Ends ?? [])
        {
            screen.Say(End(end), new Style(Color.Yellow));
        }

        screen.Heading("Lanes");
        Lanes.Show(screen, [("submit", channel.Submit), ("query", channel.Query)]);
    }

    public static string Oldest(UnknownBody unknown) =>
        unknown.Count == 0 ? DisplayText.Nothing : DisplayText.Seconds(unknown.OldestSeconds);

    private static string Exclusion(ChannelExclusionBody one)
    {
        string?[] parts =
        [
            one.Bank is null ? null : $"bank {one.Bank}",
            one.Product is null ? null : $"product {one.Product}",
            one.Merchant is null ? null : $"merchant {one.Merchant}",
            one.MinAmount is { } least ? $"amount from {least}" : null,
            one.MaxAmount is { } most ? $"amount up to {most}" : null,
        ];
        var until = one.EndsAt is { } end ? $", until {DisplayText.Moment(end)}" : "";
        return $"excluded {one.No}: {string.Join(", ", parts.OfType<string>())}{until}, by {one.By} since "
            + $"{DisplayText.Moment(one.Since)}: {one.Reason}";
    }

    /// <summary>The first thing that ends by itself; null where nothing does.</summary>
    public static string? NextEnd(ChannelBody channel) =>
        channel.Ends is [var end, ..] ? $"{end.What} {DisplayText.Clock(end.At)}" : null;

    public static string End(EndBody end) =>
        $"{end.What} is {end.Value} until {DisplayText.Moment(end.At)}, then {end.Then}; set by {end.By}, "
        + $"{DisplayText.Moment(end.Since)}";

    /// <summary>The reason that keeps payments away, or else the channel's condition, in one word.</summary>
    public static string State(ChannelBody channel) => channel switch
    {
        { Closed: { Until: not null, Why: not Lifecycle and var why } } => why,
        { Closed: null, Outage: { } outage } => outage.Level,
        { Lifecycle: "no_owner", NoOwnerSeconds: { } seconds } => $"no_owner {DisplayText.Seconds(seconds)}",
        _ => channel.Lifecycle,
    };

    public static Style StateStyle(ChannelBody channel) => channel switch
    {
        { Closed: { Until: not null, Why: not Lifecycle } } => new Style(Color.Yellow),
        { Closed: null, Outage: { } outage } => Colours.OfOutage(outage.Level),
        _ => Colours.OfLifecycle(channel.Lifecycle),
    };

    private static string Closed(ClosedBody? closed) => closed switch
    {
        null => "are sent here",
        { Until: { } until } => $"none until {DisplayText.Moment(until)} ({closed.Why})",
        _ => $"none ({closed.Why})",
    };

    private static string Outage(OutageBody? outage) =>
        outage is null ? "none" : $"{outage.Level} since {DisplayText.Moment(outage.Since)}";

    private static string Unknown(UnknownBody unknown) => unknown.Count == 0
        ? "none"
        : $"{unknown.Count}, {Amounts.OfAny(unknown.Amount, unknown.Currency)}, oldest {Oldest(unknown)}";

    private static string Override(OverrideBody one)
    {
        var who = one.By is null ? "" : $", by {one.By}";
        var since = one.Since is { } at ? $" since {DisplayText.Moment(at)}" : "";
        return $"{one.What} is {DisplayText.Number(one.Value)} instead of {DisplayText.Number(one.Configured)}{who}{since}";
    }

    public static string Changed(ChangedBody? changed) => changed is null
        ? "never"
        : $"{changed.What} by {changed.By}, {DisplayText.Moment(changed.At)}"
            + (changed.Reason is null ? "" : $": {changed.Reason}");
}
