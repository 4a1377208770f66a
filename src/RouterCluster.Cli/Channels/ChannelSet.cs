using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Channels;

internal static class ChannelSet
{
    public static Command Build(VerbRun run)
    {
        var id = ChannelArguments.Id();
        var settings = new ChannelSetOptions();
        var reason = ChannelArguments.Reason();
        var dryRun = ChannelArguments.DryRun();
        var time = ChannelArguments.For();
        var changed = new View<ChannelBody>(ApiJson.Default.ChannelBody, ChannelView.Show);
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
            return parsed.GetValue(dryRun)
                ? run.AskAsync(parsed, RouterRequest.Get(path), Plan(patch), cancellation)
                : run.AskAsync(
                    parsed, RouterRequest.Patch(path, patch, ApiJson.Default.ChannelPatchRequest), changed, cancellation);
        });
        return command;
    }

    private static View<ChannelBody> Plan(ChannelPatchRequest patch) => ChannelPlan.View(channel =>
    [
        .. from change in Changes(channel, patch)
           select change with { Then = ChannelArguments.Planned(change.Then, patch.For) },
    ]);

    private static IEnumerable<PlannedChange> Changes(ChannelBody channel, ChannelPatchRequest patch) =>
    [
        .. Lane("submit", channel.Submit, patch.Submit),
        .. Lane("query", channel.Query, patch.Query),
        .. Change("weight", DisplayText.Number(channel.Weight), patch.Weight, DisplayText.Number),
        .. Change("isolated", DisplayText.OnOff(channel.Submit.Breaker == "isolated"), patch.Isolated, DisplayText.OnOff),
    ];

    private static IEnumerable<PlannedChange> Lane(string name, LaneBody lane, LanePatchRequest? patch) =>
    [
        .. Change($"{name} concurrency", $"{lane.Budget}", patch?.Concurrency, value => $"{value}"),
        .. Change($"{name} rate per second", DisplayText.Number(lane.RatePerSecond), patch?.RatePerSecond, DisplayText.Number),
    ];

    private static IEnumerable<PlannedChange> Change<T>(string setting, string now, T? then, Func<T, string> words)
        where T : struct =>
        then is null ? [] : [new PlannedChange(setting, now, words(then.Value))];
}
