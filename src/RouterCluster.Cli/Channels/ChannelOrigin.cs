using RouterCluster.Api;
using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Channels;

/// <summary>Where each setting's value comes from: the configuration, or an operator.</summary>
internal static class ChannelOrigin
{
    private static readonly ColumnTable<Setting> Table = new ColumnTable<Setting>()
        .Label("Setting", setting => setting.Name)
        .Number("Configured", setting => DisplayText.Number(setting.Configured), rank: 2)
        .Number("Overridden", setting => setting.Override is { } one ? DisplayText.Number(one.Value) : null, rank: 3)
        .Number("In force", setting => DisplayText.Number(setting.InForce), rank: 1)
        .Label("By", setting => setting.Override?.By, rank: 5)
        .Moment("Since", setting => setting.Override?.Since, rank: 4)
        .Moment("Until", setting => setting.End?.At, rank: 6);

    public static void Show(IAnsiConsole screen, ChannelBody channel)
    {
        if (channel.Configured is not { } configured)
        {
            screen.Say("The node is of an earlier version and does not say what is configured.");
            return;
        }

        screen.Say($"Settings of {channel.Id}; what nobody has overridden is in force as it is configured.");
        Setting Of(string name, double value, double inForce) =>
            new(
                name, value, inForce, channel.Overrides?.FirstOrDefault(one => one.What == name),
                channel.Ends?.FirstOrDefault(end => end.What == name));
        Table.Show(
            screen,
            [
                Of("submit.concurrency", configured.Submit.Concurrency, channel.Submit.Budget),
                Of("submit.rate_per_second", configured.Submit.RatePerSecond, channel.Submit.RatePerSecond),
                Of("query.concurrency", configured.Query.Concurrency, channel.Query.Budget),
                Of("query.rate_per_second", configured.Query.RatePerSecond, channel.Query.RatePerSecond),
                Of("weight", configured.Weight, channel.Weight),
            ]);
        foreach (var end in channel.Ends ?? [])
        {
            screen.Say($"{ChannelView.End(end)}.");
        }

        screen.Say($"Last change: {ChannelView.Changed(channel.Changed)}.");
    }

    private sealed record Setting(string Name, double Configured, double InForce, OverrideBody? Override, EndBody? End);
}
