using System.Globalization;
using System.Text.Json;
using RouterCluster.Cli.Display;
using RouterCluster.Replay;
using Spectre.Console;

namespace RouterCluster.Cli.Replay;

internal static class ReplayView
{
    private const int ChannelsShown = 4;

    public static void Show(IAnsiConsole screen, ReplayReport report)
    {
        new FactList()
            .Fact("Arrivals", report.Arrivals.ToString("N0", CultureInfo.InvariantCulture))
            .Fact("Oracle", Percent(report.Oracle))
            .Show(screen);
        screen.Heading("Policies");
        new ColumnTable<RouterResult>()
            .Label("Policy", router => router.Name)
            .Number("Success", router => Percent(router.Success), rank: 1)
            .Number("Regret", router => Percent(router.Regret), rank: 2)
            .Prose("Traffic", router => Traffic(router, report.Channels), rank: 3)
            .Show(screen, report.Routers);
    }

    public static void Write(Stream output, ReplayReport report)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber("arrivals", report.Arrivals);
        json.WriteNumber("oracle", report.Oracle);
        json.WriteStartObject("policies");
        foreach (var router in report.Routers)
        {
            json.WriteStartObject(router.Name);
            json.WriteNumber("success", router.Success);
            json.WriteNumber("regret", router.Regret);
            json.WriteStartObject("share");
            foreach (var (channel, share) in report.Channels.Zip(router.Shares))
            {
                json.WriteNumber(channel, share);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Traffic(RouterResult router, IReadOnlyList<string> channels)
    {
        var largest = channels.Zip(router.Shares).OrderByDescending(pair => pair.Second).ToArray();
        var shown = largest.Take(ChannelsShown).Where(pair => pair.Second > 0)
            .Select(pair => $"{pair.First} {DisplayText.Percent(pair.Second)}");
        var rest = largest.Skip(ChannelsShown).Sum(pair => pair.Second);
        return string.Join(", ", rest > 0 ? shown.Append($"others {DisplayText.Percent(rest)}") : shown);
    }

    private static string Percent(double ratio) => (ratio * 100).ToString("0.00", CultureInfo.InvariantCulture) + "%";
}
