namespace RouterCluster.Api;

/// <summary>
/// What would happen if a channel was changed, by its payments from <paramref name="Since"/> to <paramref name="Until"/>, sent
/// once more by the routing of this moment. Nothing was changed. A figure that is not known is null, and <paramref
/// name="NotKnown"/> says why. Rates of success are 0-1, amounts whole minor units.
/// </summary>
/// <param name="Complete">
/// False: there were more payments in the hour than are looked at, so that <paramref name="Since"/> is later.
/// </param>
/// <param name="Moving">Payments that the channel would not have got.</param>
/// <param name="MovingShare">Of the channel's payments; null where it had none.</param>
/// <param name="SuccessAfter">Payments that no channel takes count as failed.</param>
/// <param name="Targets">The channels that payments move to, and their room.</param>
/// <param name="LeftWithoutChannel">Merchants' products that no other channel serves now.</param>
public sealed record ForecastBody(
    string Channel, IReadOnlyList<ForecastChangeBody> Changes, DateTimeOffset Since, DateTimeOffset Until, bool Complete,
    long Payments, long Moving, double? MovingShare, double? SuccessBefore, double? SuccessAfter,
    IReadOnlyList<ForecastItemBody> Items, IReadOnlyList<ForecastTargetBody> Targets, ForecastHeldBody HeldBack,
    IReadOnlyList<LeftWithoutChannelBody> LeftWithoutChannel, IReadOnlyList<string> NotKnown);

/// <summary><paramref name="What"/> is a setting such as <c>lifecycle</c> or <c>weight</c>; the values are as people write them.
/// </summary>
public sealed record ForecastChangeBody(string What, string Now, string Then);

/// <summary>One merchant's payments of one product in one currency.</summary>
/// <param name="MovingShareOfAll">
/// Moving payments as a share of all the merchant's payments of the product, by whichever channel.
/// </param>
/// <param name="WithoutChannel">Moving payments that no other channel would take now.</param>
/// <param name="Chosen">
/// <c>policy</c>: by the merchant's policy and the success of the time looked at; <c>weight</c>: of one channel at least no
/// success is known, so that the policy was asked with all taken for equally good, and weights count.
/// </param>
/// <param name="To">The most first.</param>
public sealed record ForecastItemBody(
    string Merchant, string Product, string Currency, long Payments, long Amount, long Moving, long MovingAmount,
    double? MovingShareOfAll, long WithoutChannel, string Chosen, IReadOnlyList<ForecastShareBody> To, double? SuccessBefore,
    double? SuccessAfter);

/// <param name="Share">Of the moving payments, 0-1.</param>
public sealed record ForecastShareBody(string Channel, long Payments, double Share);

/// <summary>What comes to a channel beside what it has, in the mean of the time looked at.</summary>
/// <param name="Concurrency">Calls at a time that come in addition, at the channel's median latency.</param>
/// <param name="FreeConcurrency">Of its budget, now.</param>
/// <param name="FreeRatePerSecond">Its rate less the attempts of the time looked at.</param>
/// <param name="Enough">Whether what comes has room in both; null where that is not known.</param>
public sealed record ForecastTargetBody(
    string Channel, long Payments, double PerSecond, double? Concurrency, int FreeConcurrency, double? FreeRatePerSecond,
    double? SuccessRate, bool? Enough);

/// <summary>Orders at the channel now.</summary>
/// <param name="QueuedGo">
/// What becomes of those that wait in its queue: <c>elsewhere</c>, <c>to_the_channel</c>, or <c>covered_elsewhere</c>, where only
/// those go to other channels that an exclusion covers.
/// </param>
/// <param name="Currency">Null where the channel takes several, whose amounts have no sum.</param>
public sealed record ForecastHeldBody(
    ForecastSumBody Queued, ForecastSumBody InFlight, ForecastSumBody Unknown, string QueuedGo, string? Currency);

public sealed record ForecastSumBody(long? Count, long? Amount);

public sealed record LeftWithoutChannelBody(string Merchant, string Product);
