using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Merchants;

/// <summary>One request for a payment, of a merchant with limits that all nodes share.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="Content">Hash of mode, account, currency and amount: equal for duplicates, whatever their numbers.</param>
public sealed record AdmissionRequest(
    AdmissionTerms Terms, PaymentId Payment, string OrderNo, long Amount, Fingerprint Content);

/// <summary>A merchant's limits over all nodes; null does not limit.</summary>
public sealed record AdmissionTerms(MerchantId Merchant, double? RatePerSecond, long? AmountPerDay, bool SuspendsDuplicates)
{
    /// <summary>False: the merchant's payments need no admission.</summary>
    public bool AreAny => RatePerSecond is not null || AmountPerDay is not null || SuspendsDuplicates;
}

/// <param name="DayOffset">Added to UTC; a day begins at its midnight.</param>
/// <param name="DuplicatesWithin">The same content under two numbers within this time is a duplicate.</param>
/// <param name="StoreWithin">An admitted request that its book gets later than this is not stored.</param>
/// <param name="ClockSkew">How far the clocks of two nodes may differ.</param>
public sealed record AdmissionRules(
    TimeSpan DayOffset, TimeSpan DuplicatesWithin, TimeSpan StoreWithin, TimeSpan ClockSkew)
{
    /// <summary>Until then a book that knows nothing of an admitted payment may still come to store it.</summary>
    public TimeSpan UnderWayFor => StoreWithin + ClockSkew;

    public long DayOf(DateTimeOffset at) => (at.UtcTicks + DayOffset.Ticks) / TimeSpan.TicksPerDay;

    public DateTimeOffset StartOf(long day) => new DateTimeOffset(day * TimeSpan.TicksPerDay, TimeSpan.Zero) - DayOffset;
}
