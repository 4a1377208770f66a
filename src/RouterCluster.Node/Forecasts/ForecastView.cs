using RouterCluster.Api;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Forecasts;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Forecasts;

internal static class ForecastView
{
    public static ForecastItemBody ToBody(this ForecastRow row) => new(
        row.Merchant.Value, row.Product.Name(), row.Currency.Value, row.Payments, row.Amount, row.Moving, row.MovingAmount,
        row.MovingShareOfAll, row.WithoutChannel, row.IsByWeight ? "weight" : "policy",
        [.. row.To.Select(to => new ForecastShareBody(to.Channel.Value, to.Payments, to.Payments / (double)row.Moving))],
        row.SuccessBefore, row.SuccessAfter);

    public static ForecastTargetBody ToBody(this ForecastTarget target) => new(
        target.Channel.Value, target.Payments, target.PerSecond, target.Concurrency, target.FreeConcurrency,
        target.FreeRatePerSecond, target.SuccessRate, target.HasRoom);

    public static LeftWithoutChannelBody[] ToBody(this IEnumerable<ServedMerchant> left) =>
        [.. left.Select(one => new LeftWithoutChannelBody(one.Merchant.Value, one.Product.Name())).Distinct()];

    /// <summary>What becomes of orders that wait in the channel's queue.</summary>
    public static string QueuedGo(this ChannelChange change)
    {
        if (change.Lifecycle == ChannelLifecycle.Disabled || change.Isolated == true)
        {
            return "elsewhere";
        }

        return change.Exclude is null ? "to_the_channel" : "covered_elsewhere";
    }
}
