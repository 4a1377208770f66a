using CsCheck;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

public sealed class OccupancyTests
{
    private const int Capacity = 16;

    [Fact]
    public void Own_choices_fill_a_channel_before_it_reports_them()
    {
        var table = Ready(Alpha);
        for (var i = 0; i < Capacity; i++)
        {
            table.ChosenBy(0, at: 0);
        }

        Assert.Equal(Exclusion.Full, table.Choose(Request, 0, At(0)).Excluded().Single().Reason);

        table.Settle(Alpha, Shop, At(0));
        Assert.Equal(Alpha, table.ChosenBy(0, at: 0));
    }

    [Fact]
    public void What_other_routers_sent_fills_it_too()
    {
        var table = Ready(Alpha);
        table.Fold(Report(Alpha, 2, IdleLane with { InFlight = 8, Queue = 8 }), At(0));

        // The others count as one merchant, so this router's only one has half of the channel.
        for (var i = 0; i < Capacity / 2; i++)
        {
            Assert.Equal(Alpha, table.ChosenBy(0, at: 0));
        }

        Assert.Equal(Exclusion.Full, table.Choose(Request, 0, At(0)).Excluded().Single().Reason);
    }

    [Fact]
    public void A_merchant_below_its_fair_share_gets_in_though_the_channel_is_full()
    {
        var table = Ready(Alpha);
        for (var i = 0; i < Capacity; i++)
        {
            table.ChosenBy(0, at: 0);
        }

        var rival = Request with { Merchant = Rival };
        for (var i = 0; i < Capacity / 2; i++)
        {
            Assert.Equal(Alpha, table.ChosenBy(0, at: 0, rival));
        }

        Assert.Equal(Exclusion.Full, table.Choose(rival, 0, At(0)).Excluded().Single().Reason);
        Assert.Equal(Exclusion.Full, table.Choose(Request, 0, At(0)).Excluded().Single().Reason);
    }

    [Fact]
    public void Settling_what_is_not_outstanding_changes_nothing()
    {
        var table = Ready(Alpha);
        table.ChosenBy(0, at: 0);

        table.Settle(Alpha, Rival, At(0));
        Assert.Equal(1, table.Standing(Alpha, At(0)).Outstanding);

        table.Settle(Alpha, Shop, At(0));
        table.Settle(Alpha, Shop, At(0));
        Assert.Equal(0, table.Standing(Alpha, At(0)).Outstanding);
    }

    [Fact]
    public void Lost_settlements_are_given_up_within_three_seconds_after_traffic_stops()
    {
        var table = Ready(Alpha);
        for (var i = 0; i < Capacity; i++)
        {
            table.ChosenBy(0, at: 1, Request with { Merchant = i % 3 == 0 ? Rival : Shop });
        }

        table.Fold(Report(Alpha, 2), At(2.9));
        Assert.Equal(Capacity, table.Standing(Alpha, At(2.9)).Outstanding);

        table.Fold(Report(Alpha, 3, IdleLane with { InFlight = 5 }), At(4));
        Assert.Equal(5, table.Standing(Alpha, At(4)).Outstanding);

        table.Fold(Report(Alpha, 4), At(4.1));
        Assert.Equal(0, table.Standing(Alpha, At(4.1)).Outstanding);
    }

    [Fact]
    public void Outstanding_is_never_negative_and_never_more_than_twice_the_capacity() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[0, 40]).Array[1, 300].Sample(steps =>
        {
            var table = Ready(Alpha);
            var now = TimeSpan.Zero;
            var sequence = 1;
            foreach (var (kind, merchant, number) in steps)
            {
                now += TimeSpan.FromMilliseconds(number);
                var request = Request with { Merchant = new MerchantId($"m{merchant}") };
                switch (kind)
                {
                    case < 6:
                        table.Choose(request, number / 41.0, now);
                        break;
                    case < 8:
                        table.Settle(Alpha, request.Merchant, now);
                        break;
                    default:
                        table.Fold(Report(Alpha, ++sequence, IdleLane with { InFlight = number / 5, Queue = number % 9 }), now);
                        break;
                }

                Assert.InRange(table.Standing(Alpha, now).Outstanding, 0, 2 * Capacity);
            }
        });

    /// <summary>10,000 choices and 10 reports a second: nothing is lost, so nothing may be given up.</summary>
    [Fact]
    public void Correction_never_counts_less_than_what_truly_is_outstanding() =>
        Gen.Select(Gen.Double[0, 1.5], Gen.Double[0.001, 4], Gen.Int[0, 1000]).Sample(
            (transit, service, seed) =>
            {
                var lane = IdleLane with { Budget = 50_000 };
                var table = Table(Alpha);
                table.Fold(Report(Alpha, 1, lane), At(0));
                var random = new Random(seed);
                var (arrivals, endings) = (new PriorityQueue<double, double>(), new PriorityQueue<int, double>());
                var (outstanding, inLane) = (0, 0);
                for (var tick = 1; tick <= 30_000; tick++)
                {
                    var now = tick / 10_000.0;
                    table.ChosenBy(0, now);
                    outstanding++;
                    arrivals.Enqueue(now, now + (transit * random.NextDouble()));
                    while (arrivals.TryPeek(out _, out var arrival) && arrival <= now)
                    {
                        arrivals.Dequeue();
                        inLane++;
                        endings.Enqueue(0, now + (service * random.NextDouble()));
                    }

                    while (endings.TryPeek(out _, out var end) && end <= now)
                    {
                        endings.Dequeue();
                        (inLane, outstanding) = (inLane - 1, outstanding - 1);
                        table.Settle(Alpha, Shop, At(now));
                    }

                    if (tick % 1000 == 0)
                    {
                        table.Fold(Report(Alpha, 1 + tick, lane with { InFlight = inLane }), At(now));
                        Assert.Equal(outstanding, table.Standing(Alpha, At(now)).Outstanding);
                    }
                }
            },
            iter: 10);
}
