using System.Collections.Frozen;
using System.Collections.Immutable;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Policies;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Merchants;

namespace RouterCluster.Node.Routing;

/// <summary>Creates policies from settings.</summary>
public static class PolicyCatalog
{
    private const uint VersionDigits = 0x10000;

    public static RouteRules Rules(
        IReadOnlyList<PolicySettings> policySettings, IReadOnlyList<MerchantSettings> merchants,
        IReadOnlyList<ChannelSettings> channels)
    {
        var standard = new SuccessRate();
        var fees = channels.ToFrozenDictionary(
            channel => channel.Id, channel => new ChannelFee(channel.Fee.BasisPoints, channel.Fee.Fixed));

        // Some policies remember their choices; choices in shadow must not count for the acting ones.
        var (policies, shadows) = (CreateAll(), CreateAll());
        var pins = policySettings
            .Where(policy => policy is { Kind: PolicyKind.Pinned, MayFallBack: false })
            .ToDictionary(policy => policy.Name, policy => policy.Channels.ToImmutableHashSet());
        var rules =
            from merchant in merchants
            from route in merchant.Routing
            select ((merchant.Id, route.Product), new RouteRule(
                Policy: route.Policy is { } name ? policies[name] : standard,
                Only: pins.GetValueOrDefault(route.Policy ?? ""),
                Excluded: [.. route.Exclude],
                ExploreUpTo: route.ExploreUpTo,
                Shadows: [.. route.Shadow.Select(shadow => shadows[shadow])],
                Canary: route.Canary is { } canary ? policies[canary] : null,
                CanaryPercent: route.CanaryPercent)
            {
                CanaryOnly = pins.GetValueOrDefault(route.Canary ?? ""),
            });
        return new RouteRules(RouteRule.Plain(standard), rules.ToDictionary(pair => pair.Item1, pair => pair.Item2));

        Dictionary<string, IRoutingPolicy> CreateAll() =>
            policySettings.ToDictionary(policy => policy.Name, policy => Create(policy, standard, fees));
    }

    public static RoutingConfiguration Configuration(
        IReadOnlyList<PolicySettings> policySettings, IReadOnlyList<MerchantSettings> merchants,
        IReadOnlyList<ChannelSettings> channels) => new(
        [.. channels.Select(channel => new RoutedChannel(
            channel.Id, channel.Terms, channel.Weight, channel.Submit.Concurrency + channel.Submit.Queue)
        {
            IsRetired = channel.Retired,
        })],
        Rules(policySettings, merchants, channels),
        channels.ToDictionary(channel => channel.Id, channel => channel.Maintenance));

    public static ImmutableArray<VolumeCommitments> Commitments(RouteRules rules) =>
        [.. rules.All.SelectMany(rule => rule.Policies).OfType<VolumeCommitments>().Distinct()];

    private static IRoutingPolicy Create(
        PolicySettings policy, IRoutingPolicy standard, FrozenDictionary<ChannelId, ChannelFee> fees)
    {
        // The version changes with every setting, so that an attempt names the settings by which it was routed.
        var name = $"{policy.Name}/{StableHash.Of(policy.Text) % VersionDigits:x4}";
        return policy.Kind switch
        {
            PolicyKind.SuccessRate => new SuccessRate(),
            PolicyKind.Weighted => new Weighted(name, Numbers(policy.Weights, weight => weight), policy.Tolerance),
            PolicyKind.Priority => new Priority(name, policy.Channels, policy.Tolerance),
            PolicyKind.CostAware => new CostAware(name, policy.Margin, fees),
            PolicyKind.Pinned => new Pinned(name, policy.Channels[0], standard),
            PolicyKind.Volume => new VolumeCommitments(
                name, Numbers(policy.Minimums, minimum => (long)minimum), policy.Tolerance, standard),
            PolicyKind.Sticky => new Sticky(name, policy.Tolerance),
        };
    }

    private static FrozenDictionary<ChannelId, T> Numbers<T>(
        ImmutableSortedDictionary<string, double> numbers, Func<double, T> of) =>
        numbers.ToFrozenDictionary(pair => new ChannelId(pair.Key), pair => of(pair.Value));
}
