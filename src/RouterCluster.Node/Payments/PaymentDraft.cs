using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Payments;

/// <summary>A checked request with the account in clear. It never leaves the request.</summary>
/// <param name="ExpiresInSeconds">Null: the default.</param>
internal sealed record PaymentDraft(
    string OrderNo, Product Product, Money Amount, AccountDetails Account, string? NotifyUrl,
    ImmutableSortedDictionary<string, string> Metadata, int? ExpiresInSeconds)
{
    public override string ToString() => $"draft {OrderNo}";
}
