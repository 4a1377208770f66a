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

    /// <summary>The channels that some of the merchant's payments of the product may go to, be it by the canary only.</summary>
    public static IEnumerable<ChannelSettings> Usable(
        IReadOnlyList<PolicySettings> policies, MerchantSettings merchant, ChannelMode mode, Product product,
        IReadOnlyList<ChannelSettings> channels)
    {
        var route = RouteOf(merchant, product);
        return channels.Where(channel => !channel.Retired && channel.Terms.Mode == mode
            && channel.Terms.Products.Contains(product) && route?.Exclude.Contains(channel.Id) != true
            && (!IsPinnedAway(policies, route?.Policy, channel.Id)
                || (route?.Canary is { } canary && !IsPinnedAway(policies, canary, channel.Id))));
    }

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
        var route = RouteOf(merchant, product);
        return !IsPinnedAway(policies, route?.Policy, channel) && route?.Exclude.Contains(channel) != true;
    }

    private static RouteSettings? RouteOf(MerchantSettings merchant, Product product) =>
        merchant.Routing.FirstOrDefault(route => route.Product == product)
        ?? merchant.Routing.FirstOrDefault(route => route.Product is null);

    private static bool IsPinnedAway(IReadOnlyList<PolicySettings> policies, string? name, ChannelId channel) =>
        policies.FirstOrDefault(policy => policy.Name == name) is { Kind: PolicyKind.Pinned, MayFallBack: false } pin
        && !pin.Channels.Contains(channel);
}
