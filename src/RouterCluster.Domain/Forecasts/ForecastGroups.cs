using System.Collections.Immutable;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Forecasts;

/// <summary>
/// The groups of a forecast's payments. What depends on no merchant is found out once for all of them: with a thousand channels
/// most of the work is there.
/// </summary>
internal sealed class ForecastGroups(ForecastQuestion question)
{
    private readonly ImmutableArray<ForecastChannel> _open = [.. question.Others.Where(other => other.IsOpen)];
    private readonly ForecastBuffers _buffers = new(question.Others.Length + 1);
    private readonly Dictionary<(Product, string?, Currency, ChannelMode), ForecastKind> _kinds = [];
    private readonly Dictionary<(MerchantId, Product, string?, Currency, ChannelMode), ForecastGroup> _groups = [];

    /// <returns>True for the group's first payment.</returns>
    public (ForecastGroup Group, bool IsNew) Of(RouteRequest payment, RouteRule rule)
    {
        var key = (payment.Merchant, payment.Product, payment.Bank, payment.Amount.Currency, payment.Mode);
        if (_groups.TryGetValue(key, out var known))
        {
            return (known, false);
        }

        return (_groups[key] = new ForecastGroup(KindOf(payment), rule, _buffers), true);
    }

    private ForecastKind KindOf(RouteRequest payment)
    {
        var key = (payment.Product, payment.Bank, payment.Amount.Currency, payment.Mode);
        return _kinds.TryGetValue(key, out var known) ? known : _kinds[key] = new ForecastKind(_open, payment);
    }
}
