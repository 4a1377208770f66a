using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Merchants;

/// <summary>What a merchant has used of its limits. Whoever changes anything of the merchant's holds this row's lock.</summary>
/// <param name="FullAt">When all tokens of the rate are back. It never goes back, so that nodes with different clocks get
/// together no more than the rate of the fastest one.</param>
/// <param name="Day">The latest day that was counted.</param>
/// <param name="Sum">Minor units of that day's shares.</param>
public sealed record Allowance(MerchantId Merchant, DateTimeOffset FullAt, long Day, long Sum);

/// <summary>
/// A payment's share of its merchant's day: from before it is handed on until it is known that it was not stored or that
/// no money moves under it.
/// </summary>
/// <param name="Requests">Requests for the payment of which it is not known that they stored nothing.</param>
/// <param name="At">The latest request.</param>
public sealed record DayShare(PaymentId Payment, MerchantId Merchant, long Day, long Amount, int Requests, DateTimeOffset At);

/// <summary>A number under which a merchant sent some content.</summary>
/// <param name="Requests">Requests of which it is not known that they stored nothing.</param>
/// <param name="At">The latest request.</param>
public sealed record Sighting(Fingerprint Content, PaymentId Payment, string OrderNo, int Requests, DateTimeOffset At);
