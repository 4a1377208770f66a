using System.Collections.Frozen;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Learning;
using RouterCluster.Domain.Routing.Policies;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Routing.Policies.PolicyFixtures;

namespace RouterCluster.Domain.Tests.Routing.Policies;

public sealed class PolicyTests
{
    private static readonly Priority BravoFirst = new("p", [Bravo, Alpha], 0.02);
    private static readonly Priority AlphaFirst = new("a", [Alpha, Bravo], 0.02);
    private static readonly Weighted ThreeToOne = new("w", Numbers((Alpha, 3.0), (Bravo, 1.0)), 0.02);
    private static readonly Sticky Loyal = new("s", 0.02);

    public static TheoryData<string> All => [.. Policies().Select(policy => policy.Name)];

    [Fact]
    public void Priority_takes_the_first_that_is_as_good_as_the_best_within_the_tolerance()
    {
        Assert.Equal(Bravo, BravoFirst.Chosen(Works(Alpha, 0.95), Works(Bravo, 0.94)));
        Assert.Equal(Alpha, BravoFirst.Chosen(Works(Alpha, 0.95), Works(Bravo, 0.92)));
        Assert.Equal(Alpha, BravoFirst.Chosen(Works(Charlie, 0.95), Works(Alpha, 0.94), Works(Bravo, 0.92)));
        Assert.Equal(Charlie, BravoFirst.Chosen(Works(Charlie, 0.95), Works(Alpha, 0.90), Down(Bravo)));
    }

    [Fact]
    public void Weights_share_out_among_those_that_work()
    {
        Assert.Equal(0.75, ThreeToOne.ShareOf(Alpha, Works(Alpha, 0.95), Works(Bravo, 0.95)), 2);
        Assert.Equal(0.6, ThreeToOne.ShareOf(Alpha, Works(Alpha, 0.95), Works(Bravo, 0.95), Works(Charlie, 0.95)), 2);
        Assert.Equal(1, ThreeToOne.ShareOf(Bravo, Down(Alpha), Works(Bravo, 0.95)));
        Assert.Equal(1, ThreeToOne.ShareOf(Bravo, Works(Alpha, 0.6), Works(Bravo, 0.95)));
    }

    [Fact]
    public void A_failure_among_its_first_payments_costs_a_heavy_channel_no_traffic()
    {
        var router = new SuccessRouter(
            new Weighted("w", Numbers((Alpha, 100.0), (Bravo, 0.001)), 0.02), new SuccessLearner(LearningLimits.Default));
        Candidate[] candidates = [Works(Alpha, 0) with { Index = 0 }, Works(Bravo, 0) with { Index = 1 }];
        var atAlpha = 0;
        for (var number = 0; number < 9; number++)
        {
            var now = TimeSpan.FromSeconds(number);
            var chosen = router.Choose(Question with { Draw = number / 10.0, Now = now }, candidates, new double[2]);
            var attempt = new RoutedAttempt(chosen, default, number);
            router.Dispatched(attempt, now);
            router.Ended(attempt, number == 0 ? AttemptEnd.ChannelFault : AttemptEnd.Succeeded, now);
            atAlpha += candidates[chosen].Channel == Alpha ? 1 : 0;
        }

        Assert.Equal(9, atAlpha);
    }

    [Fact]
    public void Cost_weighs_success_against_the_fee()
    {
        var fees = Numbers((Alpha, new ChannelFee(60, 0)), (Bravo, new ChannelFee(20, 0)));
        var policy = new CostAware("c", new ChannelFee(500, 0), fees);

        // Of 100.00 the gain is 5.00; alpha costs 0.60, bravo 0.20: eight points of success are worth the difference.
        Assert.Equal(Bravo, policy.Chosen(Works(Alpha, 0.95), Works(Bravo, 0.90)));
        Assert.Equal(Alpha, policy.Chosen(Works(Alpha, 0.95), Works(Bravo, 0.86)));
        Assert.Equal([(0.95 * 500) - 60, (0.90 * 500) - 20], policy.Scores(Works(Alpha, 0.95), Works(Bravo, 0.90)));
        Assert.Equal(Alpha, policy.Chosen(Works(Alpha, 0.5), Down(Bravo)));
    }

    [Fact]
    public void A_pin_gives_way_only_while_its_channel_cannot_be_used()
    {
        var policy = new Pinned("pin", Bravo, AlphaFirst);

        Assert.Equal(Bravo, policy.Chosen(Works(Alpha, 0.95), Works(Bravo, 0.5)));
        Assert.Equal(Alpha, policy.Chosen(Works(Alpha, 0.95), Down(Bravo)));
        Assert.Equal(Alpha, policy.Chosen(Works(Alpha, 0.95), Works(Charlie, 0.9)));
    }

    [Fact]
    public void A_customer_stays_and_comes_back()
    {
        Candidate[] well = [Works(Alpha, 0.95), Works(Bravo, 0.95), Works(Charlie, 0.94)];
        foreach (var key in Enumerable.Range(0, 200).Select(number => Question with { Key = StableHash.Of($"{number}") }))
        {
            var home = Loyal.Chosen(key, well);
            var ill = well.Select(candidate => candidate.Channel == home ? Down(home) : candidate).ToArray();
            var refuge = Loyal.Chosen(key, ill);

            Assert.NotEqual(home, refuge);
            Assert.Equal(home, Loyal.Chosen(key with { Draw = 0.1 }, well));
            Assert.Equal(refuge, Loyal.Chosen(key, [.. ill.Reverse()]));
        }
    }

    [Fact]
    public void Customers_spread_by_weight()
    {
        Candidate[] candidates = [Works(Alpha, 0.95) with { Weight = 3 }, Works(Bravo, 0.95)];

        var atAlpha = Enumerable.Range(0, 4000).Count(number =>
            Loyal.Chosen(Question with { Key = StableHash.Of($"customer {number}") }, candidates) == Alpha);

        Assert.InRange(atAlpha / 4000.0, 0.72, 0.78);
    }

    [Fact]
    public void A_commitment_that_is_behind_its_pace_comes_first_until_it_has_caught_up()
    {
        var policy = new VolumeCommitments("v", Numbers((Bravo, 1_000_000L)), 0.05, AlphaFirst);
        Candidate[] candidates = [Works(Alpha, 0.95), Works(Bravo, 0.92)];

        policy.Tell(new Dictionary<ChannelId, long> { [Bravo] = 470_000 }, monthPassed: 0.5);

        // Three payments of 100.00 make up for the 300.00 that are missing.
        Assert.Equal([Bravo, Bravo, Bravo, Alpha], Enumerable.Range(0, 4).Select(_ => policy.Chosen(candidates)));
    }

    [Fact]
    public void A_commitment_does_not_hold_a_channel_that_is_too_bad()
    {
        var policy = new VolumeCommitments("v", Numbers((Bravo, 1_000_000L)), 0.05, AlphaFirst);

        policy.Tell(new Dictionary<ChannelId, long>(), monthPassed: 0.9);

        Assert.Equal(Alpha, policy.Chosen(Works(Alpha, 0.95), Works(Bravo, 0.85)));
        Assert.Equal(Alpha, policy.Chosen(Works(Alpha, 0.95), Down(Bravo)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_dead_channel_gets_nothing_but_due_probes_and_of_dead_ones_some_is_taken(string name)
    {
        var policy = Policies().First(policy => policy.Name == name);
        var dead = Down(Bravo);

        Assert.Equal(0, policy.ShareOf(Bravo, Works(Alpha, 0.9), dead));
        Assert.Contains(policy.Chosen(Down(Alpha), dead), new[] { Alpha, Bravo });
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Probes_are_made_when_due_and_never_with_large_amounts(string name)
    {
        var policy = Policies().First(policy => policy.Name == name);
        var due = Down(Bravo) with { IsDueForProbe = true };

        Assert.Equal(name == "pin" ? Alpha : Bravo, policy.Chosen(Works(Alpha, 0.9), due));
        Assert.Equal(Alpha, policy.Chosen(Question with { MayExplore = false }, Works(Alpha, 0.9), due));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_large_amount_stands_in_where_the_learner_has_no_smaller_ones(string name)
    {
        var policy = Policies().First(policy => policy.Name == name);
        var due = Down(Bravo) with { IsDueForStandIn = true };

        Assert.Equal(
            name == "pin" ? Alpha : Bravo, policy.Chosen(Question with { MayExplore = false }, Works(Alpha, 0.9), due));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_half_open_breaker_gets_a_part_of_the_payments(string name)
    {
        var policy = Policies().First(policy => policy.Name == name);

        var share = policy.ShareOf(Bravo, Works(Alpha, 0.9), HalfOpen(Bravo));

        Assert.InRange(share, name == "pin" ? 0 : 0.2, 0.3);
        Assert.Equal(Bravo, policy.Chosen(Question with { MayExplore = false }, HalfOpen(Bravo)));
    }

    private static IEnumerable<IRoutingPolicy> Policies() =>
    [
        BravoFirst, ThreeToOne, Loyal, new Pinned("pin", Alpha, BravoFirst),
        new CostAware("c", new ChannelFee(500, 0), Numbers((Alpha, new ChannelFee(60, 0)))),
        new VolumeCommitments("v", Numbers((Charlie, 1L)), 0.05, BravoFirst),
    ];

    private static FrozenDictionary<ChannelId, T> Numbers<T>(params (ChannelId Channel, T Number)[] numbers) =>
        numbers.ToFrozenDictionary(pair => pair.Channel, pair => pair.Number);
}
