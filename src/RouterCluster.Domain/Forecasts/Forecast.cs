using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Forecasts;

/// <summary>Figures that nobody knows are null, never 0.</summary>
/// <param name="SuccessBefore">0-1, by the rates of the time looked at; the same holds for <paramref name="SuccessAfter"/>,
/// where payments that no channel takes count as failed.</param>
public sealed record Forecast(
    ImmutableArray<ForecastRow> Rows, ImmutableArray<ForecastTarget> Targets, double? SuccessBefore, double? SuccessAfter)
{
    /// <summary>Merchants' products that no channel serves after the change.</summary>
    public ImmutableArray<ServedMerchant> LeftWithoutChannel { get; init; } = [];

    public long Payments => Rows.Sum(row => row.Payments);

    public long Moving => Rows.Sum(row => row.Moving);
}

/// <summary>One merchant's payments of one product in one currency. Amounts are whole minor units.</summary>
/// <param name="Moving">Payments that the channel would not have got.</param>
/// <param name="WithoutChannel">Those of them that no other channel would take now.</param>
public sealed record ForecastRow(
    MerchantId Merchant, Product Product, Currency Currency, long Payments, long Amount, long Moving, long MovingAmount,
    long WithoutChannel)
{
    /// <summary>Moving payments as a share of all the merchant's payments of the product, 0-1.</summary>
    public double? MovingShareOfAll { get; init; }

    /// <summary>By payments, the most first.</summary>
    public ImmutableArray<(ChannelId Channel, long Payments)> To { get; init; } = [];

    /// <summary>Of one channel at least no success rate was known, so that weights chose.</summary>
    public bool IsByWeight { get; init; }

    public double? SuccessBefore { get; init; }

    public double? SuccessAfter { get; init; }
}

/// <summary>A channel that payments move to, and its room for them.</summary>
/// <param name="Concurrency">Calls at a time that come in addition, at the channel's median latency; null: no call was measured.
/// </param>
/// <param name="FreeRatePerSecond">The rate less the attempts of the time looked at; null: not counted.</param>
public sealed record ForecastTarget(
    ChannelId Channel, long Payments, double PerSecond, double? Concurrency, int FreeConcurrency, double? FreeRatePerSecond,
    double? SuccessRate)
{
    /// <summary>Null where one of the figures is not known and the other one has room.</summary>
    public bool? HasRoom
    {
        get
        {
            if (PerSecond > FreeRatePerSecond || Concurrency > FreeConcurrency)
            {
                return false;
            }

            return FreeRatePerSecond is null || Concurrency is null ? null : true;
        }
    }
}
