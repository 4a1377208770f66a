using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Channels;

public sealed record ChannelTerms(
    ImmutableHashSet<Product> Products,
    ImmutableHashSet<string> Banks,
    long MinAmount,
    long MaxAmount,
    ImmutableHashSet<Currency> Currencies,
    ChannelMode Mode)
{
    public const string AnyBank = "*";

    /// <summary>Null when the channel could take such a payment.</summary>
    /// <remarks>Law 1.12, 4.3.</remarks>
    public Unfit? WhyUnfit(Product product, Money amount, string? bank, ChannelMode mode)
    {
        if (mode != Mode)
        {
            return Unfit.Mode;
        }

        if (!Products.Contains(product))
        {
            return Unfit.Product;
        }

        if (!Currencies.Contains(amount.Currency))
        {
            return Unfit.Currency;
        }

        if (amount.Minor < MinAmount || amount.Minor > MaxAmount)
        {
            return Unfit.Amount;
        }

        return !Banks.Contains(AnyBank) && (bank is null || !Banks.Contains(bank)) ? Unfit.Bank : null;
    }
}

public enum Unfit
{
    Mode,
    Product,
    Currency,
    Amount,
    Bank,
}
