using System.Collections.Frozen;
using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Forecasts;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Policies;
using RouterCluster.Domain.Tests.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Forecasts.ForecastFixtures;

namespace RouterCluster.Domain.Tests.Forecasts;

public sealed class ForecastRulesTests
{
    [Fact]
    public void Payments_go_to_the_other_channels_by_weight_where_no_success_is_known()
    {
        var forecast = ForecastRules.Of(Question(Disabled, Paid(8), Bravo with { Weight = 3 }, Charlie));

        var row = Assert.Single(forecast.Rows);
        Assert.Equal((8, 96_000, 8, 96_000, 0), (row.Payments, row.Amount, row.Moving, row.MovingAmount, row.WithoutChannel));
        Assert.Equal([(RoutingFixtures.Bravo, 6L), (RoutingFixtures.Charlie, 2L)], row.To.AsEnumerable());
        Assert.True(row.IsByWeight);
        Assert.Null(row.SuccessBefore);
        Assert.Null(row.SuccessAfter);
        Assert.Null(row.MovingShareOfAll);
        Assert.Null(forecast.SuccessAfter);
    }

    [Fact]
    public void Payments_go_where_success_was_best_and_the_success_of_both_is_said()
    {
        var question = Question(Disabled, Paid(8), Bravo.Counted(80, 20), Charlie.Counted(99, 1)) with
        {
            Channel = Alpha.Counted(90, 10),
        };

        var forecast = ForecastRules.Of(question);

        Assert.Equal([(RoutingFixtures.Charlie, 8L)], Assert.Single(forecast.Rows).To.AsEnumerable());
        Assert.False(forecast.Rows[0].IsByWeight);
        Assert.Equal((0.9, 0.99), (forecast.SuccessBefore!.Value, forecast.SuccessAfter!.Value), new NearlyEqual());
    }

    [Fact]
    public void A_policy_by_name_chooses_and_what_a_rule_excludes_gets_nothing()
    {
        var rule = RouteRule.Plain(new Priority("order", [RoutingFixtures.Charlie, RoutingFixtures.Bravo], 0.5));
        var question = Question(Disabled, Paid(4), Bravo.Counted(99, 1), Charlie.Counted(80, 20)) with
        {
            Rules = Rules(rule),
        };

        Assert.Equal([(RoutingFixtures.Charlie, 4L)], ForecastRules.Of(question).Rows[0].To.AsEnumerable());
        var without = question with { Rules = Rules(rule with { Excluded = [RoutingFixtures.Charlie] }) };
        Assert.Equal([(RoutingFixtures.Bravo, 4L)], ForecastRules.Of(without).Rows[0].To.AsEnumerable());
        var pinned = question with { Rules = Rules(rule with { Only = [RoutingFixtures.Alpha] }) };
        Assert.Equal(4, ForecastRules.Of(pinned).Rows[0].WithoutChannel);
    }

    [Fact]
    public void What_no_channel_takes_counts_as_failed()
    {
        var large = RoutingFixtures.Request with { Amount = new Money(2_000_000, new Currency("CNY")) };
        var question = Question(Disabled, [.. Paid(2), .. Paid(2, large)], Bravo.Counted(50, 0)) with
        {
            Channel = Alpha.Counted(9, 1),
        };

        var forecast = ForecastRules.Of(question);

        Assert.Equal((4, 4, 2), (forecast.Payments, forecast.Moving, forecast.Rows[0].WithoutChannel));
        Assert.Equal(0.5, forecast.SuccessAfter);
    }

    public static TheoryData<string, ForecastChannel> ClosedChannels => new()
    {
        { "disabled", Bravo with { Lifecycle = ChannelLifecycle.Disabled } },
        { "without owner", Bravo with { Lifecycle = ChannelLifecycle.NoOwner } },
        { "paused", Bravo with { IsPaused = true } },
        { "breaker", Bravo with { Submit = RoutingFixtures.IdleLane with { Breaker = BreakerState.Open } } },
        { "probing", Bravo with { Submit = RoutingFixtures.IdleLane with { Breaker = BreakerState.HalfOpen } } },
        { "other product", Bravo with { Terms = RoutingFixtures.Terms with { Products = [Product.Payout] } } },
        { "other bank", Bravo with { Terms = RoutingFixtures.Terms with { Banks = ["CCB"] } } },
        { "smaller amounts", Bravo with { Terms = RoutingFixtures.Terms with { MaxAmount = 11_999 } } },
        { "other currency", Bravo with { Terms = RoutingFixtures.Terms with { Currencies = [new Currency("EUR")] } } },
        { "live", Bravo with { Terms = RoutingFixtures.Terms with { Mode = ChannelMode.Live } } },
        { "excluded", Bravo with { Exclusions = [new ExclusionScope("ICBC", null, null, null, null)] } },
        { "maintenance", Bravo with { Maintenance = MaintenanceEnds.None.With("ICBC", DateTimeOffset.UnixEpoch) } },
        {
            "part closed",
            Bravo with
            {
                Submit = RoutingFixtures.IdleLane with { ClosedParts = [new ClosedPart(Product.Withhold, "ICBC", 1, Hour)] },
            }
        },
    };

    [Theory]
    [MemberData(nameof(ClosedChannels))]
    public void A_channel_that_takes_no_such_payments_now_gets_none(string why, ForecastChannel bravo)
    {
        var row = Assert.Single(ForecastRules.Of(Question(Disabled, Paid(3), bravo)).Rows);

        Assert.True(row.WithoutChannel == 3, why);
        Assert.Empty(row.To);
    }

    [Theory]
    [InlineData(8, 0.25, 20, 2700)]
    [InlineData(1, 200, 2000, 1800)]
    [InlineData(8, 200, 20, 0)]
    [InlineData(9, 300, 2000, 0)]
    public void Smaller_limits_move_what_is_beyond_them_in_the_mean(int concurrency, double rate, double p50, long moving)
    {
        var question = Question(new ChannelAfter(true, 1, concurrency, rate), Paid(3600), Bravo) with
        {
            Channel = Alpha with { Submit = RoutingFixtures.IdleLane with { P50Ms = p50 } },
        };

        Assert.Equal(moving, ForecastRules.Of(question).Moving);
    }

    [Fact]
    public void A_smaller_weight_moves_payments_of_policies_that_go_by_weight()
    {
        var weighted = new Weighted("shares", FrozenDictionary<ChannelId, double>.Empty, 0.02);
        var question = Question(new ChannelAfter(true, 1, 8, 200), Paid(12), Bravo with { Weight = 3 }) with
        {
            Channel = Alpha with { Weight = 3 }, Rules = RouteRules.Of(weighted),
        };

        // Half of all before, a quarter after it.
        Assert.Equal(6, ForecastRules.Of(question).Moving);
        Assert.Equal(0, ForecastRules.Of(question with { After = question.After with { Weight = 4 } }).Moving);
    }

    [Fact]
    public void An_exclusion_moves_what_it_covers()
    {
        var other = RoutingFixtures.Request with { Bank = "CCB" };
        var after = new ChannelAfter(true, 1, 8, 200) { Excluded = new ExclusionScope("ICBC", null, null, null, null) };

        var forecast = ForecastRules.Of(Question(after, [.. Paid(3), .. Paid(5, other)], Bravo));

        Assert.Equal((8, 3), (forecast.Payments, forecast.Moving));
        Assert.Equal([(RoutingFixtures.Bravo, 3L)], forecast.Rows[0].To.AsEnumerable());
    }

    [Fact]
    public void A_share_of_all_is_by_rates_as_counters_may_have_begun_later()
    {
        var question = Question(Disabled, Paid(8), Bravo) with
        {
            Accepted = ImmutableDictionary<(MerchantId, Product), long>.Empty.Add((RoutingFixtures.Shop, Product.Withhold), 20),
            CountedSpan = Hour / 2,
        };

        Assert.Equal(0.2, ForecastRules.Of(question).Rows[0].MovingShareOfAll!.Value, 9);
    }

    [Fact]
    public void Nothing_paid_has_no_rows_and_no_success() =>
        Assert.Equivalent(new Forecast([], [], null, null), ForecastRules.Of(Question(Disabled, [], Bravo)));

    private static RouteRules Rules(RouteRule rule) => new(
        RouteRule.Plain(new SuccessRate()),
        new Dictionary<(MerchantId, Product?), RouteRule> { [(RoutingFixtures.Shop, Product.Withhold)] = rule });

    private sealed class NearlyEqual : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) =>
            Math.Abs(x.Item1 - y.Item1) < 1e-9 && Math.Abs(x.Item2 - y.Item2) < 1e-9;

        public int GetHashCode((double, double) obj) => 0;
    }
}
