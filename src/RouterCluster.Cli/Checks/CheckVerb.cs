using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Checks;

/// <summary>For deployments and cron: the exit code says whether all is well.</summary>
internal sealed class CheckVerb : IVerb
{
    private const string Description = """
        Check the node and its cluster, one line for each check; ends with 0 when all are well and with 1 when one has failed or
        no answer came. Storage, clock, certificates and counters are the node's own, the rest is the cluster's. Examples:
        routerctl check, routerctl check coverage
        """;

    private static readonly string[] Names =
        ["storage", "clock", "members", "leases", "owners", "channels", "coverage", "certificates", "counters"];

    private static readonly View<ChecksBody> View = new(ApiJson.Default.ChecksBody, Show)
    {
        HasFailed = checks => checks.Status != ChecksBody.Ok,
    };

    public Command Build(VerbRun run)
    {
        var name = new Argument<string?>("name")
        {
            Description = $"Only this check: {string.Join(", ", Names)}.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "check",
        };
        name.AcceptOnlyFromAmong(Names);
        return run.Asks(
            new Command("check", Description) { name },
            parsed => RouterRequest.Get(parsed.GetValue(name) is { } only ? $"checks?name={only}" : "checks"),
            View);
    }

    private static void Show(IAnsiConsole screen, ChecksBody checks)
    {
        var facts = new FactList();
        foreach (var check in checks.Checks)
        {
            var isWell = check.Status == ChecksBody.Ok;
            facts.Fact(check.Name, $"{check.Status}: {check.Detail}", new Style(isWell ? Color.Green : Color.Red));
        }

        facts.Show(screen);
    }
}
