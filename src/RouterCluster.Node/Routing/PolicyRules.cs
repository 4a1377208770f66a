using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Routing;

/// <summary>Checks the names in routing settings, and that payments have a second channel to go to.</summary>
internal static class PolicyRules
{
    public static void Check(
        IReadOnlyList<PolicySettings> policies, IReadOnlyList<MerchantSettings> merchants,
        IReadOnlyList<ChannelSettings> channels, SettingLog log)
    {
        var known = channels.Select(channel => channel.Id).ToHashSet();
        foreach (var policy in policies)
        {
            var path = $"router.policies.{policy.Name}";
            CheckChannels(policy.Channels, $"{path}.channels", known, log);
            CheckChannels(policy.Weights.Keys.Select(name => ChannelId.Unchecked(name)), $"{path}.weights", known, log);
            CheckChannels(policy.Minimums.Keys.Select(name => ChannelId.Unchecked(name)), $"{path}.minimums", known, log);
        }

        var names = policies.Select(policy => policy.Name).ToHashSet();
        foreach (var (path, route) in Routes(merchants))
        {
            CheckChannels(route.Exclude, $"{path}.exclude", known, log);
            CheckPolicy(route.Policy, $"{path}.policy", names, log);
            CheckPolicy(route.Canary, $"{path}.canary", names, log);
            for (var index = 0; index < route.Shadow.Length; index++)
            {
                CheckPolicy(route.Shadow[index], $"{path}.shadow[{index}]", names, log);
            }
        }
    }

    /// <summary>Routes that leave fewer than two of several channels.</summary>
    public static IEnumerable<string> SingleChannels(
        IReadOnlyList<PolicySettings> policies, IReadOnlyList<MerchantSettings> merchants,
        IReadOnlyList<ChannelSettings> channels) =>
        from choice in RouteChoices.Of(policies, merchants, channels)
        where choice.Left < 2 && choice.All >= 2
        select $"router.merchants.{choice.Merchant}.routing: {choice.Left} channel(s) left for {choice.Product.Name()}; "
            + "re-routing needs two";

    private static IEnumerable<(string Path, RouteSettings Route)> Routes(IEnumerable<MerchantSettings> merchants) =>
        from merchant in merchants
        from route in merchant.Routing
        select ($"router.merchants.{merchant.Id}.routing.{route.Name}", route);

    private static void CheckChannels(IEnumerable<ChannelId> named, string path, HashSet<ChannelId> known, SettingLog log)
    {
        foreach (var channel in named.Where(channel => !known.Contains(channel)))
        {
            log.Wrong(path, channel.Value, "channels that are configured");
        }
    }

    private static void CheckPolicy(string? name, string path, HashSet<string> known, SettingLog log)
    {
        if (name is not null && !known.Contains(name))
        {
            log.Wrong(path, name, string.Join(" | ", known.Order(StringComparer.Ordinal)));
        }
    }
}
