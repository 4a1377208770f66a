using RouterCluster.Domain.Channels;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Channels;

internal static class ChannelRefusals
{
    public static readonly Refusal ChannelRetired = new(
        409, "channel_retired", "The channel is retired", "Its configuration says so; no operator can change it.");

    public static readonly Refusal TooManyExclusions = new(
        409, "too_many_exclusions", "The channel has too many exclusions",
        $"It can have {ChannelExclusions.Most}. Take one back first, or disable the channel.");

    public static readonly Refusal TooManyMaintenances = new(
        409, "too_many_maintenances", "Too much maintenance is planned for the channel",
        $"It can be planned {PlannedMaintenances.Most} times; weekly times are planned once. Take one back first.");

    public static readonly Refusal OwnerSilent = new(
        503, "unavailable", "The channel's owner did not answer in time", "Look at the channel before you ask again.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };
}
