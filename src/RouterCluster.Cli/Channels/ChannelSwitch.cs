using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Channels;

/// <summary>The verbs enable, disable and drain each move the channel to another lifecycle.</summary>
internal static class ChannelSwitch
{
    /// <param name="mayEnd">It can be done for a time.</param>
    public static Command Build(VerbRun run, string verb, string description, bool mayEnd)
    {
        var id = ChannelArguments.Id();
        var reason = ChannelArguments.Reason();
        var dryRun = ChannelArguments.Forecast();
        var switched = new View<ChannelBody>(ApiJson.Default.ChannelBody, ChannelView.Show);
        var time = mayEnd ? ChannelArguments.For() : null;
        var command = new Command(verb, description) { id, reason, dryRun };
        if (time is not null)
        {
            command.Add(time);
        }

        command.SetAction((parsed, cancellation) =>
        {
            var path = ChannelArguments.Path(parsed.GetRequiredValue(id));
            var lasts = time is null ? null : parsed.GetValue(time);
            var body = new ChannelChangeRequest(parsed.GetValue(reason), lasts);
            var isDry = parsed.GetValue(dryRun);
            var request = RouterRequest.Post(
                ChannelArguments.Dry($"{path}/{verb}", isDry), body, ApiJson.Default.ChannelChangeRequest);
            return isDry
                ? run.AskAsync(parsed, request, ChannelForecast.View(lasts), cancellation)
                : run.AskAsync(parsed, request, switched, cancellation);
        });
        return command;
    }
}
