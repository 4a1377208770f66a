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
            var change = RouterRequest.Post($"{path}/{verb}", body, ApiJson.Default.ChannelChangeRequest);
            return ChannelForecast.AskAsync(run, parsed, dryRun, change, lasts, cancellation);
        });
        return command;
    }
}
