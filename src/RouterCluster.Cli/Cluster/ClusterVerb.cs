using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Cluster;

internal sealed class ClusterVerb : IVerb
{
    private static readonly ColumnTable<MemberBody> Table = new ColumnTable<MemberBody>()
        .Label("Node", member => member.Address)
        .Label("Status", StatusOf, rank: 1, member => Colours.OfMember(StatusOf(member)))
        .Label("Roles", member => DisplayText.List(member.Roles), rank: 4)
        .Prose("Books", member => DisplayText.Ranges(member.Books), rank: 2)
        .Prose("Channels", member => DisplayText.List(member.Channels), rank: 3)
        .Label("Lease", LeaseOf, rank: 5);

    public Command Build(VerbRun run)
    {
        var command = run.Asks(
            new Command("cluster", "Show the nodes with the books and channels that they own."),
            _ => RouterRequest.Get("cluster"),
            new View<ClusterBody>(ApiJson.Default.ClusterBody, Show));
        command.Add(ClusterWait.Build(run));
        return command;
    }

    private static string StatusOf(MemberBody member) => member.Draining ? "draining" : member.Status;

    private static string LeaseOf(MemberBody member) => member.Lease is { } lease
        ? $"{DisplayText.Milliseconds(lease.AgeMs)} old (run {lease.Epoch})"
        : DisplayText.Nothing;

    internal static void Show(IAnsiConsole screen, ClusterBody cluster)
    {
        new FactList().Fact("Asked", cluster.Self).Fact("Leader", cluster.Leader).Show(screen);
        screen.Heading("Nodes");
        Table.Show(screen, cluster.Members, "The node knows of no member of the cluster, not even itself.");
    }
}
