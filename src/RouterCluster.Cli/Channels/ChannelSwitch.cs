using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Channels;

/// <summary>The verbs enable, disable and drain each move the channel to another lifecycle.</summary>
internal static class ChannelSwitch
{
    public static Command Build(VerbRun run, string verb, string lifecycle, string description)
    {
        var id = ChannelArguments.Id();
        var reason = ChannelArguments.Reason();
        var dryRun = ChannelArguments.DryRun();
        var switched = new View<ChannelBody>(ApiJson.Default.ChannelBody, ChannelView.Show);
        var plan = ChannelPlan.View(channel => [new PlannedChange("lifecycle", channel.Lifecycle, lifecycle)]);
        var command = new Command(verb, description) { id, reason, dryRun };
        command.SetAction((parsed, cancellation) =>
        {
            var path = ChannelArguments.Path(parsed.GetRequiredValue(id));
            if (parsed.GetValue(dryRun))
            {
                return run.AskAsync(parsed, RouterRequest.Get(path), plan, cancellation);
            }

            var body = new ChannelChangeRequest(parsed.GetValue(reason));
            var request = RouterRequest.Post($"{path}/{verb}", body, ApiJson.Default.ChannelChangeRequest);
            return run.AskAsync(parsed, request, switched, cancellation);
        });
        return command;
    }
}
