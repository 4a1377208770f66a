using RouterCluster.Api;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Channels;

internal sealed record PlannedChange(string Setting, string Now, string Then);

/// <summary>Shows a change without making it.</summary>
internal static class ChannelPlan
{
    public static View<ChannelBody> View(Func<ChannelBody, IEnumerable<PlannedChange>> changes) =>
        new(ApiJson.Default.ChannelBody, (screen, channel) => Show(screen, channel, changes(channel)), BesideJson: true);

    private static void Show(IAnsiConsole screen, ChannelBody channel, IEnumerable<PlannedChange> changes)
    {
        var facts = new FactList().Fact("Channel", channel.Id);
        foreach (var change in changes)
        {
            facts.Fact(
                change.Setting,
                change.Now == change.Then ? $"{change.Now} (stays)" : $"{change.Now} -> {change.Then}");
        }

        facts.Show(screen);
        screen.SayNothingChanged();
    }
}
