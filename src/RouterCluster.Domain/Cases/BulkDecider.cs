using System.Collections.Immutable;
using System.Globalization;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Cases;

public enum BulkRefusal
{
    NothingMatches,

    TooMany,

    SeveralCurrencies,
}

public readonly record struct Frozen(BulkProposal? Proposal, ImmutableArray<BulkItem> Items, BulkRefusal? Refusal);

public static class BulkDecider
{
    private const int IdLetters = 20;

    public static Frozen Freeze(BulkRequest wanted, IReadOnlyCollection<Payment> matching, int most)
    {
        if (matching.Count == 0)
        {
            return new Frozen(null, [], BulkRefusal.NothingMatches);
        }

        if (matching.Count > most)
        {
            return new Frozen(null, [], BulkRefusal.TooMany);
        }

        if (matching.DistinctBy(payment => payment.Content.Amount.Currency).Count() > 1)
        {
            return new Frozen(null, [], BulkRefusal.SeveralCurrencies);
        }

        var contents = matching
            .OrderBy(payment => payment.Id.Value, StringComparer.Ordinal)
            .Select(payment => (Payment: payment, Content: ContentDigest.Of(payment)))
            .ToList();
        var digest = ContentDigest.Of(
        [
            wanted.Outcome.Name(), wanted.Reason, wanted.Evidence, wanted.By.Name, wanted.By.TokenMark, Stamp(wanted.At),
            Stamp(wanted.At + wanted.ExpiresAfter),
            .. contents.SelectMany(one => new[] { one.Payment.Id.Value, one.Content }),
        ]);
        var id = $"bulk_{digest[..IdLetters]}";
        var total = matching.Aggregate(0L, (sum, payment) => checked(sum + payment.Content.Amount.Minor));
        return new Frozen(
            new BulkProposal(
                id, wanted.Filter, wanted.Outcome, wanted.Reason, wanted.Evidence, wanted.By, wanted.At,
                wanted.At + wanted.ExpiresAfter, contents.Count,
                new Money(total, contents[0].Payment.Content.Amount.Currency), digest, ProposalState.Pending, null),
            [.. contents.Select((one, index) => new BulkItem(
                id, index + 1, one.Payment.Id, one.Payment.Content.Amount.Minor, one.Content, BulkItemState.Waiting, null))],
            null);
    }

    public static PaymentRefusal? MaySettle(BulkProposal proposal, Person by, DateTimeOffset at, string? digest)
    {
        if (TwoPersonRule.WhyNotSettled(proposal.State, proposal.By, proposal.ExpiresAt, by, at) is { } refusal)
        {
            return refusal;
        }

        return digest is not null && digest != proposal.Digest ? PaymentRefusal.WrongDigest : null;
    }

    /// <summary>The proposal as it is to be shown: expired, if its time is over. Expiry of a list is never stored.</summary>
    public static BulkProposal AsOf(BulkProposal proposal, DateTimeOffset at) =>
        proposal.State == ProposalState.Pending && at >= proposal.ExpiresAt
            ? proposal with { State = ProposalState.Expired, Settled = new Settlement(proposal.ExpiresAt, null, null) }
            : proposal;

    private static string Stamp(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}

public sealed record BulkRequest(
    CaseFilter Filter, ProposedOutcome Outcome, string Reason, string Evidence, Person By, DateTimeOffset At,
    TimeSpan ExpiresAfter);
