using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Routing;

/// <summary>Which channels are left to a merchant's product in each currency.</summary>
public sealed class CurrencyLineTests
{
    [Fact]
    public void Each_currency_has_a_line_with_the_channels_that_take_it()
    {
        var lines = Lines("""
            router.channels.alpha.currency = ["CNY", "USD"]
            router.channels.charlie {
              base-url = "http://127.0.0.1:1/c", merchant-id = M, secret = s, products = [withhold], retired = on }
            """);

        Assert.Equal(
            [
                "withhold CNY 2: alpha, bravo", "withhold USD 1: alpha", "payout CNY 1: alpha", "payout USD 1: alpha",
            ],
            lines);
    }

    [Fact]
    public void A_route_that_excludes_a_channel_leaves_it_out_also_where_it_is_the_last_one() => Assert.Equal(
        ["withhold CNY 2: bravo", "payout CNY 1: "],
        Lines("""router.merchants.shop.routing."*" { exclude = [alpha] }"""));

    [Fact]
    public void A_product_that_no_channel_takes_has_no_line() => Assert.Equal(
        ["withhold CNY 2: alpha, bravo"],
        Lines("router.channels.alpha.products = [withhold]"));

    private static IEnumerable<string> Lines(string hocon)
    {
        var settings = TestNode.Settings(hocon);
        var shop = settings.Merchants.Where(merchant => merchant.Id == new MerchantId("shop")).ToList();
        return RouteChoices.LinesByCurrency(settings.Policies, shop, settings.Channels).Select(line =>
            $"{line.Product.Name()} {line.Currency.Value} {line.All}: {string.Join(", ", line.Channels)}");
    }
}
