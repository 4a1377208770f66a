using RouterCluster.Api;
using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Maintenance;

internal static class MaintenanceView
{
    private static readonly ColumnTable<MaintenanceBody> Table = new ColumnTable<MaintenanceBody>()
        .Label("Channel", one => one.Channel)
        .Label("Id", one => one.Id, rank: 2)
        .Label("State", one => one.Open ? "open" : "to come", rank: 1, StateStyle)
        .Label("Bank", one => one.Bank, rank: 5)
        .Moment("Starts", one => one.StartsAt, rank: 4)
        .Moment("Ends", one => one.EndsAt, rank: 3)
        .Label("Source", one => one.Source, rank: 6)
        .Label("Times", Times, rank: 7)
        .Label("By", one => one.By, rank: 8)
        .Prose("Reason", one => one.Reason, rank: 9);

    public static readonly CsvTable<MaintenanceBody> Csv = new CsvTable<MaintenanceBody>()
        .Text("id", one => one.Id)
        .Text("channel", one => one.Channel)
        .Text("bank", one => one.Bank)
        .Text("source", one => one.Source)
        .Text("from", one => one.From)
        .Text("until", one => one.Until)
        .Text("days", one => string.Join(' ', one.Days))
        .Text("time_zone", one => one.TimeZone)
        .Text("open", one => one.Open ? "yes" : "no")
        .Moment("starts_at", one => one.StartsAt)
        .Moment("ends_at", one => one.EndsAt)
        .Text("reason", one => one.Reason)
        .Text("by", one => one.By)
        .Moment("since", one => one.Since);

    public static void Show(IAnsiConsole screen, ListBody<MaintenanceBody> list) =>
        Table.Show(screen, list.Items, "No maintenance is open or to come.");

    public static void Show(IAnsiConsole screen, MaintenanceBody one) => new FactList()
        .Fact("Maintenance", one.Id ?? DisplayText.Nothing)
        .Fact("Channel", one.Channel)
        .Fact("Bank", one.Bank ?? "all")
        .Fact("Times", Times(one) ?? DisplayText.Nothing)
        .Fact("State", one.Open ? "open" : "to come", StateStyle(one))
        .Fact("Starts", one.StartsAt is { } start ? DisplayText.Moment(start) : DisplayText.Nothing)
        .Fact("Ends", DisplayText.Moment(one.EndsAt))
        .Fact("Reason", one.Reason ?? DisplayText.Nothing)
        .Fact("By", one.By ?? DisplayText.Nothing)
        .Show(screen);

    /// <summary>As they were written, in local time. Null: only the end is known.</summary>
    private static string? Times(MaintenanceBody one) => one switch
    {
        { From: null } => null,
        { Days: [] } => $"{one.From} to {one.Until} {one.TimeZone}",
        { Days: ["*"] } => $"daily {one.From}-{one.Until} {one.TimeZone}",
        _ => $"{string.Join(' ', one.Days)} {one.From}-{one.Until} {one.TimeZone}",
    };

    private static Style StateStyle(MaintenanceBody one) => one.Open ? new Style(Color.Yellow) : Style.Plain;
}
