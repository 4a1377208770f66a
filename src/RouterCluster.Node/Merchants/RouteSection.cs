using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Merchants;

internal static class RouteSection
{
    private const string AnyProduct = "*";

    public static ImmutableArray<RouteSettings> Read(SettingReader merchant, SettingReader defaults) =>
        [.. merchant.Named("routing", defaults).Select(row => ReadRoute(row.Name, row.Reader))];

    private static RouteSettings ReadRoute(string name, SettingReader route)
    {
        var product = ProductNames.Parse(name);
        if (product is null && name != AnyProduct)
        {
            route.Log.Wrong(route.Path, name, $"{AnyProduct} or {string.Join(" | ", ProductNames.All)}");
        }

        return new RouteSettings(
            Name: name,
            Product: product,
            Policy: route.Optional<string>("policy", "a policy's name", SettingValues.AnyText),
            Exclude: route.Channels("exclude"),
            ExploreUpTo: route.LongOrUnlimited("explore-up-to", long.MaxValue),
            Shadow: route.List<string>("shadow", "a policy's name", SettingValues.AnyText),
            Canary: route.Optional<string>("canary", "a policy's name", SettingValues.AnyText),
            CanaryPercent: route.UpTo("canary-percent", 100));
    }
}
