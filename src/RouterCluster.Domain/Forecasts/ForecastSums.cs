using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Forecasts;

/// <summary>The sums of one row while its payments are looked at.</summary>
internal sealed class ForecastSums(MerchantId merchant, Product product, Currency currency)
{
    private readonly Dictionary<ChannelId, (ForecastChannel Channel, long Payments)> _to = [];
    private long _payments;
    private long _amount;
    private long _moving;
    private long _movingAmount;
    private long _without;
    private bool _isByWeight;

    public IEnumerable<(ForecastChannel Channel, long Payments)> To => _to.Values;

    public void Add(RouteRequest payment)
    {
        _payments++;
        _amount = checked(_amount + payment.Amount.Minor);
    }

    public void Move(RouteRequest payment, (ForecastChannel Channel, bool IsByWeight)? choice)
    {
        _moving++;
        _movingAmount = checked(_movingAmount + payment.Amount.Minor);
        if (choice is not { Channel: var channel, IsByWeight: var isByWeight })
        {
            _without++;
            return;
        }

        _isByWeight |= isByWeight;
        _to[channel.Id] = (channel, _to.GetValueOrDefault(channel.Id).Payments + 1);
    }

    public ForecastRow ToRow(ForecastQuestion question) =>
        new(merchant, product, currency, _payments, _amount, _moving, _movingAmount, _without)
        {
            MovingShareOfAll = ShareOfAll(question),
            To = [.. _to.Values.OrderByDescending(one => one.Payments)
                .ThenBy(one => one.Channel.Id.Value, StringComparer.Ordinal).Select(one => (one.Channel.Id, one.Payments))],
            IsByWeight = _isByWeight,
            SuccessBefore = question.Channel.SuccessRate(product),
            SuccessAfter = SuccessAfter(question.Channel.SuccessRate(product)),
        };

    private double? ShareOfAll(ForecastQuestion question)
    {
        if (question.Accepted is not { } accepted || accepted.GetValueOrDefault((merchant, product)) is not (> 0 and var all))
        {
            return null;
        }

        return Math.Min(1, _moving / question.Span.TotalSeconds / (all / question.CountedSpan.TotalSeconds));
    }

    /// <summary>Null where the rate of a channel is not known that gets some of them.</summary>
    private double? SuccessAfter(double? own)
    {
        var kept = _payments - _moving;
        var succeeded = kept == 0 ? 0 : own * kept;
        foreach (var (channel, payments) in _to.Values)
        {
            succeeded += channel.SuccessRate(product) * payments;
        }

        return succeeded / _payments;
    }
}
