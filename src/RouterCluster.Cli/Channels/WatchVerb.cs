using System.CommandLine;
using RouterCluster.Cli.Alerts;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Channels;

/// <summary>Shows alerts and channels until it is interrupted or the node does not answer.</summary>
internal sealed class WatchVerb : IVerb
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public Command Build(VerbRun run)
    {
        var command = new Command("watch", "Show alerts and channels anew every two seconds, until Ctrl+C.");
        command.SetAction(async (parsed, cancellation) =>
        {
            using var timer = new PeriodicTimer(Pause);
            while (true)
            {
                if (run.CliEnvironment.IsTerminal && !run.WantsJson(parsed))
                {
                    run.Screen().Clear();
                }

                var code = await ShowAsync(run, parsed, cancellation);
                if (cancellation.IsCancellationRequested)
                {
                    return ExitCode.Done;
                }

                if (code != ExitCode.Done)
                {
                    return code;
                }

                try
                {
                    await timer.WaitForNextTickAsync(cancellation);
                }
                catch (OperationCanceledException)
                {
                    return ExitCode.Done;
                }
            }
        });
        return command;
    }

    /// <summary>As JSON the channels alone: two bodies on one line would be none.</summary>
    private static async Task<int> ShowAsync(VerbRun run, ParseResult parsed, CancellationToken cancellation)
    {
        var code = run.WantsJson(parsed)
            ? ExitCode.Done
            : await run.AskAsync(parsed, RouterRequest.Get("alerts"), AlertsVerb.View, cancellation);
        return code == ExitCode.Done
            ? await run.AskAsync(parsed, RouterRequest.Get("channels"), ChannelsVerb.View, cancellation)
            : code;
    }
}
