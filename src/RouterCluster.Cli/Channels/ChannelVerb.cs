using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Channels;

internal sealed class ChannelVerb : IVerb
{
    public Command Build(VerbRun run) => new("channel", "Look at one channel or change it.")
    {
        Show(run),
        ChannelSwitch.Build(run, "enable", "Let the channel take payments again.", mayEnd: false),
        ChannelSwitch.Build(
            run, "disable",
            "Take nothing new; what is queued goes to other channels. Examples: routerctl channel disable alpha --dry-run, "
            + "routerctl channel disable alpha --for 2h",
            mayEnd: true),
        ChannelSwitch.Build(
            run, "drain",
            "Take nothing new, but send what is queued. Example: routerctl channel drain alpha --for 30m", mayEnd: true),
        ChannelSet.Build(run),
        ChannelReset.Build(run),
        ChannelExclude.BuildExclude(run),
        ChannelExclude.BuildInclude(run),
    };

    private static Command Show(VerbRun run)
    {
        var id = ChannelArguments.Id();
        var origin = new Option<bool>("--origin")
        {
            Description = "Each setting as it is configured, overridden and in force, since when and by whom.",
        };
        var command = new Command(
            "show", "Show the channel. Examples: routerctl channel show alpha, routerctl channel show alpha --origin")
        {
            id, origin,
        };
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed,
            RouterRequest.Get(ChannelArguments.Path(parsed.GetRequiredValue(id))),
            new View<ChannelBody>(
                ApiJson.Default.ChannelBody, parsed.GetValue(origin) ? ChannelOrigin.Show : ChannelView.Show),
            cancellation));
        return command;
    }
}
