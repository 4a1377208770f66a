using RouterCluster.Api;
using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Channels;

/// <summary>Where each setting's value comes from: the configuration, or an operator.</summary>
internal static class ChannelOrigin
{
    private static readonly ColumnTable<Setting> Table = new ColumnTable<Setting>()
        .Label("Setting", setting => setting.Name)
        .Number("Configured", setting => setting.Configured, rank: 2)
        .Number("Overridden", setting => setting.Overridden, rank: 3)
        .Number("In force", setting => setting.InForce, rank: 1)
        .Label("By", setting => setting.By, rank: 5)
        .Moment("Since", setting => setting.Since, rank: 4)
        .Moment("Until", setting => setting.Until, rank: 6);

    public static void Show(IAnsiConsole screen, ChannelBody channel)
    {
        if (channel.Configured is not { } configured)
        {
            screen.Say("The node is of an earlier version and does not say what is configured.");
            return;
        }

        screen.Say($"Settings of {channel.Id}; what nobody has overridden is in force as it is configured.");
        Table.Show(
            screen,
            [
                Of(channel, "submit.concurrency", configured.Submit.Concurrency, channel.Submit.Budget),
                Of(channel, "submit.rate_per_second", configured.Submit.RatePerSecond, channel.Submit.RatePerSecond),
                Of(channel, "query.concurrency", configured.Query.Concurrency, channel.Query.Budget),
                Of(channel, "query.rate_per_second", configured.Query.RatePerSecond, channel.Query.RatePerSecond),
                Of(channel, "weight", configured.Weight, channel.Weight),
                Switch(channel, "lifecycle", channel.Lifecycle),
                Switch(channel, "isolated", DisplayText.OnOff(channel.Submit.Breaker == "isolated")),
            ]);
        foreach (var end in channel.Ends ?? [])
        {
            screen.Say($"{ChannelView.End(end)}.");
        }

        screen.Say($"Last change: {ChannelView.Changed(channel.Changed)}.");
    }

    private static Setting Of(ChannelBody channel, string name, double configured, double inForce)
    {
        var made = channel.Overrides?.FirstOrDefault(one => one.What == name);
        var overridden = made is null ? null : DisplayText.Number(made.Value);
        return new Setting(
            name, DisplayText.Number(configured), overridden, DisplayText.Number(inForce), made?.By, made?.Since,
            End(channel, name));
    }

    /// <summary>Nothing is configured that an operator could override with it.</summary>
    private static Setting Switch(ChannelBody channel, string name, string inForce)
    {
        var made = channel.Switches?.FirstOrDefault(one => one.What == name);
        return new Setting(name, null, made?.Value, inForce, made?.By, made?.Since, End(channel, name));
    }

    private static DateTimeOffset? End(ChannelBody channel, string name) =>
        channel.Ends?.FirstOrDefault(end => end.What == name)?.At;

    private sealed record Setting(
        string Name, string? Configured, string? Overridden, string InForce, string? By, DateTimeOffset? Since,
        DateTimeOffset? Until);
}
