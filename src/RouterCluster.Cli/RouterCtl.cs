using System.CommandLine;
using System.CommandLine.Invocation;
using RouterCluster.Cli.Alerts;
using RouterCluster.Cli.Audit;
using RouterCluster.Cli.Cases;
using RouterCluster.Cli.Channels;
using RouterCluster.Cli.Checks;
using RouterCluster.Cli.Cluster;
using RouterCluster.Cli.Configuration;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Contexts;
using RouterCluster.Cli.Counters;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Drill;
using RouterCluster.Cli.Maintenance;
using RouterCluster.Cli.Notices;
using RouterCluster.Cli.Payments;
using RouterCluster.Cli.Policies;
using RouterCluster.Cli.Replay;
using RouterCluster.Cli.Tail;
using RouterCluster.Cli.Unknown;
using RouterCluster.Cli.Verbs;
using RouterCluster.Cli.Webhooks;

namespace RouterCluster.Cli;

public static class RouterCtl
{
    private static readonly IReadOnlyList<IVerb> Verbs =
    [
        new ChannelsVerb(),
        new ChannelVerb(),
        new MaintenanceVerb(),
        new PaymentsVerb(),
        new PaymentVerb(),
        new FindVerb(),
        new CancelVerb(),
        new UnknownVerb(),
        new ExplainVerb(),
        new ClusterVerb(),
        new NodeVerb(),
        new CheckVerb(),
        new ConfigVerb(),
        new NoticesVerb(),
        new PoliciesVerb(),
        new ReplayVerb(),
        new TraceVerb(),
        new CasesVerb(),
        new CaseVerb(),
        new AuditVerb(),
        new WebhooksVerb(),
        new WebhookVerb(),
        new AlertsVerb(),
        new MuteVerb(),
        new UnmuteVerb(),
        new WatchVerb(),
        new TailVerb(),
        new EventsVerb(),
        new TopVerb(),
        new CodesVerb(),
        new DrillVerb(),
        new ContextVerb(),
    ];

    // By default "@" starts a response file, which would swallow a reason such as "@bank asked for it".
    private static readonly ParserConfiguration Parser = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliEnvironment environment)
    {
        var parsed = Tree(environment).Parse(arguments, Parser);
        if (parsed.Action is ParseErrorAction)
        {
            return Misused(parsed, environment.Error);
        }

        var configuration = new InvocationConfiguration { Output = environment.Output, Error = environment.Error };
        return await parsed.InvokeAsync(configuration);
    }

    private static RootCommand Tree(CliEnvironment environment)
    {
        var options = new ConnectionOptions();
        var root = new RootCommand("Shows and steers a running RouterCluster, through the operators' API of one node.");
        options.AddTo(root);
        var run = new VerbRun(options, environment);
        foreach (var verb in Verbs)
        {
            root.Add(verb.Build(run));
        }

        return root;
    }

    private static int Misused(ParseResult parsed, TextWriter error)
    {
        // A mistyped verb is also reported as a missing one; only the first error helps.
        var messages = parsed.UnmatchedTokens.Count > 0
            ? parsed.UnmatchedTokens.Select(token => $"Unknown verb, argument or option '{token}'.")
            : parsed.Errors.Select(one => one.Message).Distinct();
        foreach (var message in messages)
        {
            error.WriteLine($"routerctl: {SafeText.Of(message)}");
        }

        error.WriteLine("See routerctl --help, or --help after a verb.");
        return ExitCode.Usage;
    }
}
