using CsCheck;
using RouterCluster.Domain.Routing;
using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

public sealed class WeightedSuccessTests
{
    private static readonly Candidate Good = new(Alpha, 1, 0.97, 0, false);
    private static readonly Candidate Probe = Good with { IsProbe = true };

    [Fact]
    public void Equal_channels_share_by_weight() =>
        AssertShares([0.25, 0.75], [Good, Good with { Weight = 3 }]);

    [Fact]
    public void A_dead_channel_keeps_about_one_payment_in_a_hundred() =>
        AssertShares([0.99, 0.01], [Good, Good with { Success = 0.02 }]);

    [Fact]
    public void Many_dead_channels_together_keep_at_most_five_in_a_hundred()
    {
        var scores = Scores([Good, .. Enumerable.Repeat(Good with { Success = 0.02 }, 29)]);

        Assert.InRange(scores[0], 0.95, 1);
        Assert.All(scores[1..], score => Assert.InRange(score, 0.001, 0.01));
    }

    [Fact]
    public void Trouble_that_all_channels_share_moves_nothing() =>
        AssertShares([0.25, 0.75], [Good with { Success = 0.5 }, Good with { Success = 0.5, Weight = 3 }]);

    [Fact]
    public void A_small_difference_in_success_moves_some_traffic_and_not_all() =>
        Assert.InRange(Scores([Good, Good with { Success = 0.90 }])[1], 0.35, 0.45);

    [Fact]
    public void A_channel_whose_queue_is_half_full_gets_half_as_much() =>
        AssertShares([2 / 3.0, 1 / 3.0], [Good, Good with { Waiting = 0.5 }]);

    [Fact]
    public void Half_open_channels_together_get_a_quarter() =>
        AssertShares([0.75, 0.125, 0.125], [Good, Probe, Probe]);

    [Fact]
    public void Half_open_channels_get_all_when_there_is_nothing_else() => AssertShares([0.5, 0.5], [Probe, Probe]);

    [Fact]
    public void Weight_zero_means_only_if_there_is_nothing_else()
    {
        AssertShares([1, 0], [Good, Good with { Weight = 0 }]);
        AssertShares([0.5, 0.5], [Good with { Weight = 0 }, Good with { Weight = 0 }]);
    }

    [Fact]
    public void A_channel_coming_back_is_probed_within_about_a_second_at_five_payments_a_second()
    {
        var waits = Enumerable.Range(0, 1000).Select(seed => PaymentsUntilProbe(new Random(seed)) / 5.0).Order().ToArray();

        Assert.InRange(waits.Average(), 0.5, 1);
        Assert.InRange(waits[900], 1, 2);
    }

    [Fact]
    public void Scores_are_shares_and_the_choice_has_one() =>
        Gen.Select(Candidates, Gen.Double[0, 1].Where(draw => draw < 1)).Sample((candidates, draw) =>
        {
            var scores = new double[candidates.Length];
            var chosen = new WeightedSuccess().Choose(Drawing(draw), candidates, scores);

            Assert.Equal(1, scores.Sum(), 9);
            Assert.All(scores, score => Assert.InRange(score, 0, 1));
            Assert.True(scores[chosen] > 0);
        });

    [Fact]
    public void Draws_choose_in_proportion_to_the_scores()
    {
        Candidate[] candidates = [Good, Good with { Weight = 2 }, Good with { Weight = 5 }];
        var scores = new double[3];
        var chosen = Enumerable.Range(0, 800).CountBy(i => new WeightedSuccess().Choose(Drawing(i / 800.0), candidates, scores));

        Assert.Equal([(0, 100), (1, 200), (2, 500)], chosen.Select(entry => (entry.Key, entry.Value)).Order());
    }

    private static Gen<Candidate[]> Candidates =>
        Gen.Select(Gen.OneOf(Gen.Const(0.0), Gen.Double[0.01, 10]), Gen.Double[0, 1], Gen.Double[0, 1], Gen.Bool)
            .Select((weight, success, waiting, probe) => new Candidate(Alpha, weight, success, waiting, probe))
            .Array[1, 30];

    private static int PaymentsUntilProbe(Random random)
    {
        var scores = new double[2];
        var payments = 1;
        while (new WeightedSuccess().Choose(Drawing(random.NextDouble()), [Good, Probe], scores) != 1)
        {
            payments++;
        }

        return payments;
    }

    private static void AssertShares(double[] shares, Candidate[] candidates)
    {
        var scores = Scores(candidates);
        Assert.Equal(shares.Length, scores.Length);
        Assert.All(shares.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 3));
    }

    private static double[] Scores(Candidate[] candidates)
    {
        var scores = new double[candidates.Length];
        new WeightedSuccess().Choose(Drawing(0.5), candidates, scores);
        return scores;
    }
}
