using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

public sealed class EligibilityTests
{
    public static TheoryData<RouteRequest, Exclusion> Misfits => new()
    {
        { Request with { Product = (Product)99 }, Exclusion.Product },
        { Request with { Amount = new Money(2_000_000, new Currency("CNY")) }, Exclusion.Amount },
        { Request with { Amount = new Money(12_000, new Currency("USD")) }, Exclusion.Currency },
        { Request with { Bank = "ABC" }, Exclusion.Bank },
        { Request with { Mode = ChannelMode.Live }, Exclusion.Mode },
        { Request with { Tried = [Alpha] }, Exclusion.Tried },
    };

    public static TheoryData<ChannelReport, Exclusion> States => new()
    {
        { Report(Alpha) with { Lifecycle = ChannelLifecycle.Disabled }, Exclusion.Disabled },
        { Report(Alpha) with { Lifecycle = ChannelLifecycle.Draining }, Exclusion.Draining },
        { Report(Alpha) with { Lifecycle = ChannelLifecycle.NoOwner }, Exclusion.NoOwner },
        { Report(Alpha) with { NoOwnerSince = DateTimeOffset.UnixEpoch }, Exclusion.NoOwner },
        {
            Report(Alpha) with { NoOwnerSince = DateTimeOffset.UnixEpoch, Lifecycle = ChannelLifecycle.Disabled },
            Exclusion.Disabled
        },
        { Report(Alpha, lane: IdleLane with { Breaker = BreakerState.Open }), Exclusion.BreakerOpen },
        { Report(Alpha, lane: IdleLane with { Breaker = BreakerState.Isolated }), Exclusion.Isolated },
        { Report(Alpha, lane: IdleLane with { Breaker = BreakerState.HalfOpen }), Exclusion.NoProbe },
        { Report(Alpha, lane: IdleLane with { Throttle = new ThrottleReport(At(60), 1) }), Exclusion.Throttled },
        {
            Report(Alpha, lane: IdleLane with { ClosedParts = [new ClosedPart(Product.Withhold, "ICBC", 0, At(5))] }),
            Exclusion.PartClosed
        },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void A_payment_that_no_channel_could_ever_take_has_no_route_ever(RouteRequest request, Exclusion why)
    {
        var table = Table(Channel(Alpha) with { Terms = Terms with { Banks = ["ICBC"] } });
        table.Fold(Report(Alpha), At(0));

        var none = Assert.IsType<RouteDecision.NoneEver>(table.Choose(request, 0.5, At(1)));

        Assert.Equal([new ExcludedChannel(Alpha, why)], none.Excluded());
    }

    [Fact]
    public void A_retired_channel_takes_nothing_now_or_later()
    {
        var table = Table(Channel(Alpha) with { IsRetired = true });
        table.Fold(Report(Alpha) with { Lifecycle = ChannelLifecycle.Retired }, At(0));
        var none = Assert.IsType<RouteDecision.NoneEver>(table.Choose(Request, 0.5, At(1)));
        Assert.Equal([new ExcludedChannel(Alpha, Exclusion.Retired)], none.Excluded());
        Assert.Equal(ChannelLifecycle.Retired, table.Standing(Alpha, At(1)).Lifecycle);
    }

    [Theory]
    [MemberData(nameof(States))]
    public void A_fitting_channel_that_takes_nothing_now_may_take_it_later(ChannelReport report, Exclusion why)
    {
        var table = Table(Alpha);
        table.Fold(report, At(0));

        var none = Assert.IsType<RouteDecision.NoneNow>(table.Choose(Request, 0.5, At(1)));

        Assert.Equal([new ExcludedChannel(Alpha, why)], none.Excluded());
        Assert.Equal("success-rate/1", none.Reasons.Policy);
        Assert.Equal(0.5, none.Reasons.Draw);
    }

    [Fact]
    public void A_channel_has_no_owner_before_its_first_report_and_after_five_silent_seconds()
    {
        var table = Table(Alpha);
        Assert.Equal(Exclusion.NoOwner, table.Choose(Request, 0, At(0)).Excluded().Single().Reason);

        table.Fold(Report(Alpha), At(10));

        Assert.Equal(Alpha, table.ChosenBy(0, at: 15));
        Assert.Equal(Exclusion.NoOwner, table.Choose(Request, 0, At(15.001)).Excluded().Single().Reason);
        Assert.Equal(ChannelLifecycle.NoOwner, table.Standing(Alpha, At(15.001)).Lifecycle);
    }

    [Fact]
    public void A_router_counts_how_long_a_channel_has_been_without_an_owner_that_sends()
    {
        var table = Table(Alpha);
        Assert.Equal(At(0), table.Standing(Alpha, At(1)).NoOwnerFor);
        Assert.Equal(At(2), table.Standing(Alpha, At(3)).NoOwnerFor);

        table.Fold(Report(Alpha), At(10));
        Assert.Null(table.Standing(Alpha, At(15)).NoOwnerFor);
        Assert.Equal(At(6), table.Standing(Alpha, At(16)).NoOwnerFor);

        var waiting = Report(Alpha, sequence: 2) with { NoOwnerSince = DateTimeOffset.UnixEpoch };
        table.Fold(waiting, At(18));
        Assert.Equal(At(9), table.Standing(Alpha, At(19)).NoOwnerFor);
        Assert.Equal(ChannelLifecycle.NoOwner, table.Standing(Alpha, At(19)).Lifecycle);

        table.Fold(Report(Alpha, sequence: 3), At(20));
        Assert.Null(table.Standing(Alpha, At(20)).NoOwnerFor);
    }

    [Fact]
    public void Only_when_every_fitting_breaker_is_open_a_merchant_is_told_to_wait_longer()
    {
        var open = IdleLane with { Breaker = BreakerState.Open };
        var payoutsOnly = Channel(Charlie) with { Terms = Terms with { Products = [Product.Payout] } };
        var table = Table(Channel(Alpha), Channel(Bravo), payoutsOnly);
        table.Fold(Report(Alpha, lane: open), At(0));
        table.Fold(Report(Bravo, lane: IdleLane with { Breaker = BreakerState.HalfOpen }), At(0));

        Assert.Equal(At(1), Assert.IsType<RouteDecision.NoneNow>(table.Choose(Request, 0, At(1))).RetryAfter);

        table.Fold(Report(Bravo, sequence: 2, lane: open), At(1));

        Assert.Equal(At(3), Assert.IsType<RouteDecision.NoneNow>(table.Choose(Request, 0, At(1))).RetryAfter);

        // Nobody knows when an operator will enable it.
        table.Fold(Report(Bravo, sequence: 3) with { Lifecycle = ChannelLifecycle.Disabled }, At(1));
        Assert.Equal(At(3), Assert.IsType<RouteDecision.NoneNow>(table.Choose(Request, 0, At(1))).RetryAfter);
    }

    [Fact]
    public void One_reason_is_given_for_every_channel_that_was_left_out()
    {
        var table = Table(
            Channel(Alpha), Channel(Bravo) with { Terms = Terms with { Products = [Product.Payout] } }, Channel(Charlie));
        table.Fold(Report(Alpha), At(0));

        var chosen = Assert.IsType<RouteDecision.Chosen>(table.Choose(Request, 0.9, At(0)));

        Assert.Equal(Alpha, chosen.Channel);
        Assert.Equal(
            [new ExcludedChannel(Bravo, Exclusion.Product), new ExcludedChannel(Charlie, Exclusion.NoOwner)],
            chosen.Excluded());
    }

    [Fact]
    public void The_three_best_are_kept_with_the_choice_best_first()
    {
        ChannelId[] ids = [new("one"), new("two"), new("three"), new("four"), new("five")];
        var table = Table(ids);
        int[] successesOfTen = [1, 10, 8, 9, 5];
        foreach (var (id, successes) in ids.Zip(successesOfTen))
        {
            table.Fold(Report(id, signals: Enumerable.Range(0, 400).Select(i => i % 10 < successes ? Success : Fault)), At(0));
        }

        var chosen = Assert.IsType<RouteDecision.Chosen>(table.Choose(Request, 0, At(0)));

        Assert.Equal(["two", "four", "three"], chosen.Reasons.Candidates.Select(candidate => candidate.Channel.Value));
        Assert.Equal(2, chosen.Reasons.MoreCandidates);
    }

    [Fact]
    public void A_probe_below_the_three_best_is_kept_with_its_score()
    {
        ChannelId[] ids = [new("one"), new("two"), new("three"), new("four")];
        var table = Table(ids);
        foreach (var id in ids.Take(3))
        {
            table.Fold(Report(id), At(0));
        }

        table.Fold(Report(ids[3], lane: IdleLane with { Breaker = BreakerState.HalfOpen, ProbePermits = 1 }), At(0));
        var probe = Enumerable.Range(0, 100)
            .Select(i => Assert.IsType<RouteDecision.Chosen>(table.Choose(Request, i / 100.0, At(0))))
            .First(chosen => chosen.Channel == ids[3]);

        Assert.Equal(4, probe.Reasons.Candidates.Length);
        Assert.Equal(ids[3], probe.Reasons.Candidates[^1].Channel);
        Assert.True(probe.Reasons.Candidates[^1].Score < probe.Reasons.Candidates[^2].Score);
    }

    [Fact]
    public void Half_open_permits_are_used_up_until_the_next_report()
    {
        var halfOpen = IdleLane with { Breaker = BreakerState.HalfOpen, ProbePermits = 2 };
        var table = Table(Alpha);
        table.Fold(Report(Alpha, lane: halfOpen), At(0));

        table.ChosenBy(0, at: 0);
        table.ChosenBy(0, at: 0);
        Assert.Equal(Exclusion.NoProbe, table.Choose(Request, 0, At(0)).Excluded().Single().Reason);

        table.Fold(Report(Alpha, sequence: 2, lane: halfOpen), At(0.1));
        Assert.Equal(Alpha, table.ChosenBy(0, at: 0.1));
    }
}
