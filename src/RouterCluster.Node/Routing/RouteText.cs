using System.Globalization;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Node.Routing;

/// <summary>Why no channel takes a payment, in one sentence for its merchant.</summary>
internal static class RouteText
{
    private const int MostNamed = 5;
    private const string Nothing = "No configured channel could ever take this amount, bank or product. Nothing was stored.";

    public static string Of(RouteReasons reasons)
    {
        var parts = reasons.Excluded
            .GroupBy(excluded => excluded.Reason)
            .OrderBy(group => group.Key)
            .Select(group => $"{Words(group.Key)} ({Names([.. group.Select(excluded => excluded.Channel.Value)])})")
            .ToArray();
        return parts.Length == 0
            ? Nothing
            : $"No configured channel could ever take it, because of {string.Join(", ", parts)}. Nothing was stored.";
    }

    /// <summary>The reason's word in <c>explain</c>, except for reasons that only concern the configuration.</summary>
    private static string Words(Exclusion reason) => reason switch
    {
        Exclusion.Product => "product",
        Exclusion.Amount => "amount",
        Exclusion.Bank => "bank",
        Exclusion.Currency => "currency",
        Exclusion.Mode => "the key's mode",
        _ => "the merchant's routing",
    };

    private static string Names(string[] channels) => channels.Length <= MostNamed
        ? string.Join(", ", channels)
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(", ", channels.Take(MostNamed))} and {channels.Length - MostNamed} more");
}
