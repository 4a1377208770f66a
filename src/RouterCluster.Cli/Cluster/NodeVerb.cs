using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Channels;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Cluster;

internal sealed class NodeVerb : IVerb
{
    private const string Drain = """
        Move what the node owns to the others. It is not ready any more, so balancers take it out, and goes on running; stop it
        when it owns nothing (routerctl cluster). Example: routerctl node drain 10.0.0.1:2551 --reason "new disk"
        """;

    private const string Rejoin = "Let a draining node take its share again. A node that was restarted does so by itself.";

    private const string Down = """
        Go on without a node that does not answer and is known to be gone. Example: routerctl node down 10.0.0.1:2551
        """;

    private static readonly View<ClusterBody> Changed = new(ApiJson.Default.ClusterBody, ClusterVerb.Show);

    private static readonly View<ClusterBody> Unchanged = new(
        ApiJson.Default.ClusterBody,
        (screen, cluster) =>
        {
            ClusterVerb.Show(screen, cluster);
            screen.SayNothingChanged();
        },
        BesideJson: true);

    public Command Build(VerbRun run) => new("node", "Take a node out of the cluster's work, or back into it.")
    {
        Change(run, "drain", Drain),
        Change(run, "rejoin", Rejoin),
        BuildDown(run),
    };

    private static Command Change(VerbRun run, string verb, string description)
    {
        var reason = ChannelArguments.Reason();
        return Build(run, new Command(verb, description) { reason }, (parsed, path) => RouterRequest.Post(
            $"{path}/{verb}", new MemberChangeRequest(parsed.GetValue(reason)), ApiJson.Default.MemberChangeRequest));
    }

    private static Command BuildDown(VerbRun run)
    {
        var reason = ChannelArguments.Reason();
        var force = new Option<bool>("--force") { Description = "Also a node that answers; it ends." };
        return Build(run, new Command("down", Down) { reason, force }, (parsed, path) => RouterRequest.Post(
            $"{path}/down", new MemberDownRequest(parsed.GetValue(reason), parsed.GetValue(force)),
            ApiJson.Default.MemberDownRequest));
    }

    private static Command Build(VerbRun run, Command command, Func<ParseResult, string, RouterRequest> request)
    {
        var address = PathArgument.Id("The node's address, as the cluster shows it or host:port.", "a node's address", "address");
        var dryRun = ChannelArguments.DryRun();
        command.Add(address);
        command.Add(dryRun);
        command.SetAction((parsed, cancellation) => parsed.GetValue(dryRun)
            ? run.AskAsync(parsed, RouterRequest.Get("cluster"), Unchanged, cancellation)
            : run.AskAsync(
                parsed,
                request(parsed, $"cluster/members/{Uri.EscapeDataString(parsed.GetRequiredValue(address))}"),
                Changed, cancellation));
        return command;
    }
}
