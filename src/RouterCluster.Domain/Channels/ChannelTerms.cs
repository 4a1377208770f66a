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

        if (!TakesAmount(amount.Minor))
        {
            return Unfit.Amount;
        }

        return ServesBank(bank) ? null : Unfit.Bank;
    }

    /// <summary>Null when the channel could take some of the payments.</summary>
    public Unfit? WhyUnfit(ExclusionScope scope)
    {
        if (scope.Product is { } product && !Products.Contains(product))
        {
            return Unfit.Product;
        }

        if (scope.From > MaxAmount || scope.To < MinAmount)
        {
            return Unfit.Amount;
        }

        return scope.Bank is null || ServesBank(scope.Bank) ? null : Unfit.Bank;
    }

    /// <param name="minor">In minor units of any of the currencies.</param>
    public bool TakesAmount(long minor) => minor >= MinAmount && minor <= MaxAmount;

    private bool ServesBank(string? bank) => Banks.Contains(AnyBank) || (bank is not null && Banks.Contains(bank));
}

public enum Unfit
{
    Mode,
    Product,
    Currency,
    Amount,
    Bank,
}
