using System.CommandLine;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Tail;

internal sealed class TailVerb : IVerb
{
    private const string Description = """
        Show what changes, as it changes, until Ctrl+C, which ends it with 0: breakers, outages and lifecycles of channels,
        alerts, cases, operators' actions, nodes and storage. A connection that is lost is opened again, and what changed
        meanwhile is shown. Single payments are not shown: routerctl payments lists them. Examples:
        routerctl tail --channel alpha, routerctl tail --kind alert --kind operator --json
        """;

    public Command Build(VerbRun run)
    {
        var channel = new Option<string?>("--channel") { Description = "Only what is about this channel.", HelpName = "id" };
        var kind = new Option<string[]>("--kind")
        {
            Description = $"Only this kind, which may be given again: {string.Join(", ", TailKinds.All)}.", HelpName = "kind",
        };
        kind.AcceptOnlyFromAmong(TailKinds.All);
        var command = new Command("tail", Description) { channel, kind };
        command.SetAction((parsed, cancellation) => run.WithConnectionAsync(parsed, (target, connection) =>
        {
            var filter = new TailFilter(parsed.GetValue(channel), (parsed.GetValue(kind) ?? []).ToHashSet());
            return new TailRun(run, target, connection, filter).RunAsync(cancellation);
        }));
        return command;
    }
}
