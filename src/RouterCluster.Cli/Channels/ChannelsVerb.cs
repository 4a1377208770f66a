using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Channels;

/// <summary>All channels at a glance, one row per lane.</summary>
internal sealed class ChannelsVerb : IVerb
{
    public static readonly View<ListBody<ChannelBody>> View = new(ApiJson.Default.ChannelList, Show);

    public Command Build(VerbRun run)
    {
        var command = new Command("channels", "List the channels with their lanes and what is unknown at them.");
        command.SetAction((parsed, cancellation) =>
            run.AskAsync(parsed, RouterRequest.Get("channels"), View, cancellation));
        return command;
    }

    private static void Show(IAnsiConsole screen, ListBody<ChannelBody> channels)
    {
        var table = Sheet.Table()
            .Left("Channel", "State")
            .Right("Share", "Success", "Unknown", "Oldest")
            .Left("Lane", "Breaker")
            .Right("Busy", "Queue", "Rate/s", "p50", "p99");
        foreach (var channel in channels.Items)
        {
            AddRows(table, channel);
        }

        screen.Write(table);
        if (channels.Next is not null)
        {
            screen.WriteLine("There are more channels than this answer holds.");
        }
    }

    private static void AddRows(Table table, ChannelBody channel)
    {
        Text[] whole =
        [
            Sheet.Cell(channel.Id),
            ChannelView.State(channel),
            Sheet.Cell(Words.Percent(channel.TrafficShare)),
            Sheet.Cell(Words.Percent(channel.SuccessRate)),
            Sheet.Cell($"{channel.Unknown.Count}"),
            Sheet.Cell(ChannelView.Oldest(channel.Unknown)),
        ];
        table.AddRow([.. whole, .. ChannelView.Lane("submit", channel.Submit)]);
        // The name comes again, so that a search through the rows finds both lanes.
        var blank = Enumerable.Repeat(Sheet.Cell(""), whole.Length - 2);
        table.AddRow([whole[0], ChannelView.Until(channel), .. blank, .. ChannelView.Lane("query", channel.Query)]);
    }
}
