using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Channels;

internal sealed class ChannelsVerb : IVerb
{
    // Columns without "Query" are the submit lane's. Those of the query lane come last and are left out first.
    private static readonly ColumnTable<ChannelBody> Table = new ColumnTable<ChannelBody>()
        .Label("Channel", channel => channel.Id)
        .Label("State", ChannelView.State, rank: 1, ChannelView.StateStyle)
        .Label("Until", channel => channel.Closed?.Until is { } until ? DisplayText.Clock(until) : null, rank: 8)
        .Number("Share", channel => DisplayText.Percent(channel.TrafficShare), rank: 3)
        .Number("Success", channel => DisplayText.Percent(channel.SuccessRate), rank: 2)
        .Number("Unknown", channel => $"{channel.Unknown.Count}", rank: 4)
        .Number("Oldest", channel => ChannelView.Oldest(channel.Unknown), rank: 9)
        .Label("Breaker", channel => channel.Submit.Breaker, rank: 5, channel => Colours.OfBreaker(channel.Submit.Breaker))
        .Number("Busy", channel => Busy(channel.Submit), rank: 6)
        .Number("Queue", channel => $"{channel.Submit.Queue}", rank: 7)
        .Number("Rate/s", channel => DisplayText.Number(channel.Submit.RatePerSecond), rank: 11)
        .Number("p50", channel => DisplayText.Milliseconds(channel.Submit.P50Ms), rank: 12)
        .Number("p99", channel => DisplayText.Milliseconds(channel.Submit.P99Ms), rank: 10)
        .Label("Query", channel => channel.Query.Breaker, rank: 13, channel => Colours.OfBreaker(channel.Query.Breaker))
        .Number("Query busy", channel => Busy(channel.Query), rank: 14)
        .Number("Query queue", channel => $"{channel.Query.Queue}", rank: 15)
        .Number("Query rate/s", channel => DisplayText.Number(channel.Query.RatePerSecond), rank: 17)
        .Number("Query p50", channel => DisplayText.Milliseconds(channel.Query.P50Ms), rank: 18)
        .Number("Query p99", channel => DisplayText.Milliseconds(channel.Query.P99Ms), rank: 16)
        .Label("Ends", ChannelView.NextEnd, rank: 8)
        .Number("Excluded", channel => channel.Exclusions is { Count: > 0 } parts ? $"{parts.Count}" : null, rank: 8);

    public static readonly View<ListBody<ChannelBody>> View = new(ApiJson.Default.ChannelList, Show);

    public Command Build(VerbRun run) => run.Asks(
        new Command("channels", "List the channels, one line each: state, traffic, success, and load of their lanes."),
        _ => RouterRequest.Get("channels"),
        View);

    private static void Show(IAnsiConsole screen, ListBody<ChannelBody> channels)
    {
        Table.Show(screen, channels.Items, "No channel is configured.");
        if (channels.Next is not null)
        {
            screen.Say("There are more channels than this answer holds.");
        }
    }

    private static string Busy(LaneBody lane) => $"{lane.InFlight}/{lane.Budget}";
}
