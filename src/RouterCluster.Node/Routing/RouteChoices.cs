using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Merchants;

namespace RouterCluster.Node.Routing;

/// <summary>The number of channels for a merchant's payments of one product.</summary>
/// <param name="All">Channels that take such payments.</param>
/// <param name="Left">Those of them that the merchant's route does not exclude.</param>
public sealed record RouteChoice(MerchantId Merchant, Product Product, int All, int Left);

public static class RouteChoices
{
    public static IEnumerable<RouteChoice> Of(
        IReadOnlyList<PolicySettings> policies, IReadOnlyList<MerchantSettings> merchants,
        IReadOnlyList<ChannelSettings> channels) =>
        from merchant in merchants
        from mode in merchant.Keys.Select(key => key.Mode).Distinct().Order()
        from product in merchant.Products.Order()
        let all = channels
            .Where(channel => !channel.Retired && channel.Terms.Mode == mode && channel.Terms.Products.Contains(product))
            .ToArray()
        select new RouteChoice(
            merchant.Id, product, all.Length, all.Count(channel => MayUse(policies, merchant, product, channel.Id)));

    private static bool MayUse(
        IReadOnlyList<PolicySettings> policies, MerchantSettings merchant, Product product, ChannelId channel)
    {
        var route = merchant.Routing.FirstOrDefault(route => route.Product == product)
            ?? merchant.Routing.FirstOrDefault(route => route.Product is null);
        var policy = policies.FirstOrDefault(policy => policy.Name == route?.Policy);
        var isPinnedAway = policy is { Kind: PolicyKind.Pinned, MayFallBack: false } && !policy.Channels.Contains(channel);
        return !isPinnedAway && route?.Exclude.Contains(channel) != true;
    }
}
