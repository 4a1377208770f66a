using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Cluster;

/// <summary>The nodes and what each of them owns.</summary>
internal sealed class ClusterVerb : IVerb
{
    public Command Build(VerbRun run)
    {
        var view = new View<ClusterBody>(ApiJson.Default.ClusterBody, Show);
        var command = new Command("cluster", "Show the nodes with the books and channels that they own.");
        command.SetAction((parsed, cancellation) =>
            run.AskAsync(parsed, RouterRequest.Get("cluster"), view, cancellation));
        return command;
    }

    private static void Show(IAnsiConsole screen, ClusterBody cluster)
    {
        screen.Write(Sheet.Facts().Fact("Asked", cluster.Self).Fact("Leader", cluster.Leader));
        var table = Sheet.Table().Left("Node", "Status", "Roles", "Books", "Channels");
        foreach (var member in cluster.Members)
        {
            table.AddRow(
                Sheet.Cell(member.Address),
                Sheet.Cell(member.Status, new Style(member.Status == "up" ? Color.Green : Color.Yellow)),
                Sheet.Cell(Words.List(member.Roles)),
                Sheet.Cell(Words.List(member.Books)),
                Sheet.Cell(Words.List(member.Channels)));
        }

        screen.Write(table);
    }
}
