using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
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

    /// <summary>
    /// Null: the channel takes some of the payments. It is most often a mistyped name, and the operator would believe that the
    /// part is switched off.
    /// </summary>
    public static Refusal? NotServed(ExclusionScope scope, ChannelSettings channel)
    {
        var terms = channel.Terms;
        return terms.WhyUnfit(scope) switch
        {
            null => null,
            Unfit.Bank => Of($"does not serve bank {scope.Bank}; it serves {string.Join(", ", terms.Banks.Order())}"),
            Unfit.Amount => Of($"takes amounts from {terms.MinAmount} to {terms.MaxAmount}"),
            _ => Of($"does not take {scope.Product?.Name()}; it takes {string.Join(", ", channel.ProductNames())}"),
        };

        Refusal Of(string why) => new(409, "not_served", "The channel takes no such payments", $"{channel.Id} {why}.");
    }
}
