using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

/// <param name="Only">The only channels that the policy may use; null for any. A pin without fallback.</param>
/// <param name="ExploreUpTo">Minor units; larger payments probe only where no smaller ones come. Null: all may.</param>
/// <param name="Shadows">Policies that choose too, and do not act.</param>
/// <param name="Canary">A policy that acts on a part of the payments; null for none.</param>
/// <param name="CanaryPercent">The size of that part, 0–100.</param>
public sealed record RouteRule(
    IRoutingPolicy Policy, ImmutableHashSet<ChannelId>? Only, ImmutableHashSet<ChannelId> Excluded, long? ExploreUpTo,
    ImmutableArray<IRoutingPolicy> Shadows, IRoutingPolicy? Canary, double CanaryPercent)
{
    private const ulong Steps = 1_000_000;

    /// <summary>The only channels that the canary may use; null for any.</summary>
    public ImmutableHashSet<ChannelId>? CanaryOnly { get; init; }

    public static RouteRule Plain(IRoutingPolicy policy) => new(policy, null, [], null, [], null, 0);

    public IEnumerable<IRoutingPolicy> Policies => [Policy, .. Shadows, .. Canary is null ? Shadows[..0] : [Canary]];

    public bool MayExplore(long amount) => ExploreUpTo is not { } limit || amount <= limit;

    /// <summary>All attempts of a payment use the same policy, on every node and after restarts.</summary>
    /// <param name="payment">A stable hash of the payment's id.</param>
    public IRoutingPolicy PolicyFor(ulong payment) =>
        Canary is { } canary && payment % Steps < CanaryPercent / 100 * Steps ? canary : Policy;

    public Exclusion? WhyNot(ChannelId channel, IRoutingPolicy policy)
    {
        if ((policy == Policy ? Only : CanaryOnly)?.Contains(channel) == false)
        {
            return Exclusion.NotPinned;
        }

        return Excluded.Contains(channel) ? Exclusion.Excluded : null;
    }
}

/// <summary>The default where there is no rule.</summary>
public sealed class RouteRules(
    RouteRule standard, IReadOnlyDictionary<(MerchantId Merchant, Product? Product), RouteRule> rules)
{
    public IEnumerable<RouteRule> All => rules.Values.Append(standard);

    public static RouteRules Of(IRoutingPolicy policy) =>
        new(RouteRule.Plain(policy), new Dictionary<(MerchantId, Product?), RouteRule>());

    /// <summary>A rule for the product goes before the merchant's rule for all products.</summary>
    public RouteRule For(MerchantId merchant, Product product)
    {
        if (rules.TryGetValue((merchant, product), out var exact))
        {
            return exact;
        }

        return rules.TryGetValue((merchant, null), out var general) ? general : standard;
    }
}
