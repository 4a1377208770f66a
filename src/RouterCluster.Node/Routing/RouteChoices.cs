using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Merchants;

namespace RouterCluster.Node.Routing;

/// <summary>The number of channels for a merchant's payments of one product.</summary>
/// <param name="All">Channels that take such payments.</param>
/// <param name="Left">Those of them that the merchant's route does not exclude.</param>
public sealed record RouteChoice(MerchantId Merchant, Product Product, int All, int Left);

/// <summary>The channels that a merchant's payments of one product may go to, with keys of one mode.</summary>
public sealed record RouteLine(MerchantId Merchant, Product Product, ImmutableArray<ChannelId> Channels);

/// <summary>The channels that a merchant's payments of one product may go to in one currency.</summary>
/// <param name="All">How many channels take such payments, those included that the merchant's route excludes.</param>
public sealed record CurrencyLine(
    MerchantId Merchant, Product Product, Currency Currency, int All, ImmutableArray<ChannelId> Channels);

public static class RouteChoices
{
    public static IEnumerable<RouteChoice> Of(
        IReadOnlyList<PolicySettings> policies, IReadOnlyList<MerchantSettings> merchants,
        IReadOnlyList<ChannelSettings> channels) =>
        from line in Candidates(merchants, channels)
        select new RouteChoice(
            line.Merchant.Id, line.Product, line.Channels.Length,
            line.Channels.Count(channel => MayUse(policies, line.Merchant, line.Product, channel.Id)));

    public static IEnumerable<RouteLine> Lines(
        IReadOnlyList<PolicySettings> policies, IReadOnlyList<MerchantSettings> merchants,
        IReadOnlyList<ChannelSettings> channels) =>
        from line in Candidates(merchants, channels)
        let left = line.Channels.Select(channel => channel.Id)
            .Where(channel => MayUse(policies, line.Merchant, line.Product, channel)).ToImmutableArray()
        select new RouteLine(line.Merchant.Id, line.Product, left);

    /// <summary>A product that no channel takes has no line.</summary>
    public static IEnumerable<CurrencyLine> LinesByCurrency(
        IReadOnlyList<PolicySettings> policies, IReadOnlyList<MerchantSettings> merchants,
        IReadOnlyList<ChannelSettings> channels) =>
        from line in Candidates(merchants, channels)
        from currency in line.Channels.SelectMany(channel => channel.Terms.Currencies).Distinct()
            .OrderBy(currency => currency.Value, StringComparer.Ordinal)
        let all = line.Channels.Where(channel => channel.Terms.Currencies.Contains(currency))
            .Select(channel => channel.Id).ToArray()
        let left = all.Where(channel => MayUse(policies, line.Merchant, line.Product, channel)).ToImmutableArray()
        select new CurrencyLine(line.Merchant.Id, line.Product, currency, all.Length, left);

    private static IEnumerable<(MerchantSettings Merchant, Product Product, ChannelSettings[] Channels)> Candidates(
        IReadOnlyList<MerchantSettings> merchants, IReadOnlyList<ChannelSettings> channels) =>
        from merchant in merchants
        from mode in merchant.Keys.Select(key => key.Mode).Distinct().Order()
        from product in merchant.Products.Order()
        let all = channels
            .Where(channel => !channel.Retired && channel.Terms.Mode == mode && channel.Terms.Products.Contains(product))
            .ToArray()
        select (merchant, product, all);

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
