using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Channels;

/// <summary>Which payments a channel takes, by contract with its company.</summary>
public sealed record ChannelTerms(
    ImmutableHashSet<Product> Products,
    ImmutableHashSet<string> Banks,
    long MinAmount,
    long MaxAmount,
    ImmutableHashSet<string> Currencies,
    ChannelMode Mode)
{
    public const string AnyBank = "*";

    /// <summary>Why the channel could never take such a payment; null when it could.</summary>
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
