using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Alerts;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Channels;

/// <summary>Shows the channels until it is interrupted or the node does not answer.</summary>
internal sealed class WatchVerb : IVerb
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private static readonly View<ListBody<ChannelBody>> View = new(ApiJson.Default.ChannelList, (screen, channels) =>
    {
        ChannelsVerb.View.Show(screen, channels);
        screen.Say(AlertsVerb.NotEvaluated);
    });

    public Command Build(VerbRun run)
    {
        var command = new Command("watch", "Show the channels anew every two seconds, until Ctrl+C.");
        command.SetAction(async (parsed, cancellation) =>
        {
            using var timer = new PeriodicTimer(Pause);
            while (true)
            {
                if (run.CliEnvironment.IsTerminal && !run.WantsJson(parsed))
                {
                    run.Screen().Clear();
                }

                var code = await run.AskAsync(parsed, RouterRequest.Get("channels"), View, cancellation);
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
}
