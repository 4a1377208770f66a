using System.CommandLine;
using RouterCluster.Cli.Verbs;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Cli.Tail;

internal sealed class TailVerb : IVerb
{
    private const string Description = """
        Show what changes, as it changes, until Ctrl+C, which ends it with 0: breakers, outages and lifecycles of channels,
        alerts, cases, operators' actions, nodes and storage. A connection that is lost is opened again, and what changed
        meanwhile is shown. With --class or --kind outcome also what is learnt of attempts in the asked node's books, once a
        second, counted by channel, class and code, with the last payment. Examples: routerctl tail --channel alpha,
        routerctl tail --channel alpha --class unknown, routerctl tail --kind alert --kind operator --json
        """;

    private static readonly string[] Classes = [.. Enum.GetValues<OutcomeClass>().Select(one => one.Name())];

    public Command Build(VerbRun run)
    {
        var channel = new Option<string?>("--channel") { Description = "Only what is about this channel.", HelpName = "id" };
        var kind = new Option<string[]>("--kind")
        {
            Description = $"Only this kind, which may be given again: {string.Join(", ", TailKinds.All)}.", HelpName = "kind",
        };
        kind.AcceptOnlyFromAmong(TailKinds.All);
        var outcome = new Option<string[]>("--class")
        {
            Description = $"Outcomes of this class, which may be given again: {string.Join(", ", Classes)}.",
            HelpName = "class",
        };
        outcome.AcceptOnlyFromAmong(Classes);
        var command = new Command("tail", Description) { channel, kind, outcome };
        command.SetAction((parsed, cancellation) => run.WithConnectionAsync(parsed, (target, connection) =>
        {
            var filter = new TailFilter(parsed.GetValue(channel), (parsed.GetValue(kind) ?? []).ToHashSet())
            {
                Classes = (parsed.GetValue(outcome) ?? []).ToHashSet(),
            };
            return new TailRun(run, target, connection, filter).RunAsync(cancellation);
        }));
        return command;
    }
}
