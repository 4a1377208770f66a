using System.Globalization;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Channels;

/// <summary>The payments that have all of what is given here; null: any.</summary>
/// <param name="From">Minor units, the least amount.</param>
/// <param name="To">Minor units, the greatest amount.</param>
public sealed record ExclusionScope(string? Bank, Product? Product, MerchantId? Merchant, long? From, long? To)
{
    public bool Covers(MerchantId merchant, Product product, string? bank, long amount) =>
        (Bank is null || Bank == bank) && IsOf(merchant, product) && !(amount < From) && !(amount > To);

    /// <summary>It covers every payment of the merchant's product.</summary>
    public bool IsWhole(MerchantId merchant, Product product) => Bank is null && IsOfAllAmounts(merchant, product);

    /// <summary>It covers every payment of the merchant's product, be it of one bank only.</summary>
    public bool IsOfAllAmounts(MerchantId merchant, Product product) => From is null && To is null && IsOf(merchant, product);

    public override string ToString() => string.Join(", ", Parts().OfType<string>());

    private bool IsOf(MerchantId merchant, Product product) =>
        (Merchant is null || Merchant == merchant) && (Product is null || Product == product);

    private IEnumerable<string?> Parts()
    {
        yield return Bank is null ? null : $"bank {Bank}";
        yield return Product is { } product ? $"product {product.Name()}" : null;
        yield return Merchant is { } merchant ? $"merchant {merchant}" : null;
        yield return From is { } from ? string.Create(CultureInfo.InvariantCulture, $"amount from {from}") : null;
        yield return To is { } to ? string.Create(CultureInfo.InvariantCulture, $"amount up to {to}") : null;
    }
}

/// <summary>As routers hear of it.</summary>
public readonly record struct NumberedScope(int No, ExclusionScope Scope);
