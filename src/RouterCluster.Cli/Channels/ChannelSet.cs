using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Channels;

internal static class ChannelSet
{
    public static Command Build(VerbRun run)
    {
        var id = ChannelArguments.Id();
        var settings = new ChannelSetOptions();
        var reason = ChannelArguments.Reason();
        var dryRun = ChannelArguments.Forecast();
        var time = ChannelArguments.For();
        var command = new Command(
            "set",
            "Change the channel's settings; what is not given stays. Example: routerctl channel set alpha --weight 2 --for 2h")
        {
            id, reason, dryRun, time,
        };
        settings.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var path = ChannelArguments.Path(parsed.GetRequiredValue(id));
            var patch = settings.Patch(parsed) with { Reason = parsed.GetValue(reason), For = parsed.GetValue(time) };
            var change = RouterRequest.Patch(path, patch, ApiJson.Default.ChannelPatchRequest);
            return ChannelForecast.AskAsync(run, parsed, dryRun, change, patch.For, cancellation);
        });
        return command;
    }
}
