using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

/// <summary>Payments too large to find out with, ten a second, while the breaker of one of two channels is half open.</summary>
public sealed class LargePaymentTests
{
    private const long Limit = 100_000;
    private static readonly RouteRequest Large = Request with { Amount = new Money(Limit + 1, new Currency("CNY")) };
    private readonly RoutingTable _table = new(
        [Channel(Alpha), Channel(Bravo)],
        new RouteRules(
            RouteRule.Plain(new SuccessRate()) with { ExploreUpTo = Limit },
            new Dictionary<(MerchantId, Product?), RouteRule>()),
        RoutingLimits.Default);
    private int _step;
    private long _sequence;

    [Fact]
    public void Where_no_smaller_ones_come_a_bounded_few_try_the_channel()
    {
        Run(60, everySmall: null);

        var tried = Run(600, everySmall: null);

        Assert.InRange(tried, 30, 130);
    }

    [Fact]
    public void Where_smaller_ones_come_they_wait_for_these()
    {
        Assert.Equal(0, Run(600, everySmall: 300));
    }

    [Fact]
    public void They_return_once_the_breaker_has_closed()
    {
        Run(60, everySmall: 300);
        Run(60, everySmall: 300, BreakerState.Closed, Success);

        Assert.InRange(Run(60, everySmall: 300, BreakerState.Closed, Success), 100, 600);
    }

    /// <summary>Both channels succeed, the one that is observed always and the other three times in four.</summary>
    /// <param name="everySmall">Every so many payments is a small one; null: none.</param>
    /// <returns>How many large ones went to the channel.</returns>
    private int Run(
        int seconds, int? everySmall, BreakerState breaker = BreakerState.HalfOpen, SubmitSignal? end = null)
    {
        var toAlpha = 0;
        for (var last = _step + (seconds * 10); _step < last; _step++)
        {
            var at = _step / 10.0;
            var isSmall = everySmall is { } every && _step % every == 0;
            Report(Alpha, breaker, end is { } told ? [told] : [], at);
            Report(Bravo, BreakerState.Closed, [_step % 4 == 0 ? Fault : Success], at);
            var request = isSmall ? Request : Large;
            var chosen = _table.ChosenBy(_step * 0.618 % 1, at, request);
            _table.Settle(chosen, request.Merchant, At(at));
            toAlpha += chosen == Alpha && !isSmall ? 1 : 0;
        }

        return toAlpha;
    }

    private void Report(ChannelId id, BreakerState breaker, SubmitSignal[] signals, double at)
    {
        var lane = IdleLane with { Breaker = breaker, ProbePermits = breaker == BreakerState.HalfOpen ? 5 : 0 };
        _table.Fold(RoutingFixtures.Report(id, ++_sequence, lane, signals), At(at));
    }
}
