using RouterCluster.Api;
using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Unknown;

internal static class UnknownView
{
    private static readonly ColumnTable<Group> ByChannel = Columns("Channel");
    private static readonly ColumnTable<Group> ByMerchant = Columns("Merchant");

    private static readonly ColumnTable<AskRunBody> Runs = new ColumnTable<AskRunBody>()
        .Label("Channel", run => run.Channel)
        .Number("Done", run => $"{run.Done} of {run.Count}")
        .Number("Rate", run => DisplayText.Number(run.RatePerSecond), rank: 2)
        .Label("By", run => run.By, rank: 1);

    public static void Show(IAnsiConsole screen, UnknownPaymentsBody unknown)
    {
        if (unknown.Items.Count == 0)
        {
            screen.Say("Nothing is unknown.");
        }
        else
        {
            screen.Heading("By channel");
            ByChannel.Show(screen, Groups(unknown, item => item.Channel));
            screen.Heading("By merchant");
            ByMerchant.Show(screen, Groups(unknown, item => item.Merchant));
        }

        if (!unknown.Complete)
        {
            screen.Say("There are more: no more open payments are counted at once.");
        }

        if (unknown.Asking.Count > 0)
        {
            screen.Heading("Being asked");
            Runs.Show(screen, unknown.Asking);
        }
    }

    public static void Show(IAnsiConsole screen, AskedBody asked) => screen.Say(asked.Asked
        ? $"{asked.Channel} is asked about {asked.OrderNo}; routerctl payment {asked.Payment} shows what it answers."
        : $"A question about {asked.OrderNo} is on its way to {asked.Channel} already.");

    public static void Show(IAnsiConsole screen, AskRunBody run) => screen.Say(
        $"{run.Channel} is asked about {run.Count} payments, {DisplayText.Number(run.RatePerSecond)} per second; "
        + "routerctl unknown shows how far it is.");

    private static ColumnTable<Group> Columns(string name) => new ColumnTable<Group>()
        .Label(name, group => group.Name)
        .Number("Count", group => $"{group.Items.Sum(item => item.Count)}")
        .Number("Money", group => Amounts.Of(group.Items.Sum(item => item.Amount), group.Currency), rank: 1)
        .Number("0-1 m", group => Band(group, ages => ages.Under1m), rank: 3)
        .Number("1-10 m", group => Band(group, ages => ages.Under10m), rank: 4)
        .Number("10-60 m", group => Band(group, ages => ages.Under60m), rank: 5)
        .Number("Longer", group => Band(group, ages => ages.Longer), rank: 2)
        .Number("Oldest", group => DisplayText.Seconds(group.Items.Max(item => item.OldestSeconds)), rank: 6);

    private static string Band(Group group, Func<UnknownAgesBody, UnknownBandBody> band) =>
        $"{group.Items.Sum(item => band(item.Ages).Count)}";

    private static Group[] Groups(UnknownPaymentsBody unknown, Func<UnknownItemBody, string> nameOf) =>
    [
        .. unknown.Items.GroupBy(item => (Name: nameOf(item), item.Currency))
            .Select(group => new Group(group.Key.Name, group.Key.Currency, [.. group]))
            .OrderByDescending(group => group.Items.Sum(item => item.Count)).ThenBy(group => group.Name, StringComparer.Ordinal),
    ];

    private sealed record Group(string Name, string Currency, IReadOnlyList<UnknownItemBody> Items);
}
