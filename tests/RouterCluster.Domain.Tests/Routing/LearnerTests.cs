using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Learning;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Routing;

/// <summary>What the learner makes of attempts: two channels, one segment, ten payments a second at each.</summary>
public sealed class LearnerTests
{
    private static readonly Segment Segment = new(0, 0);
    private readonly SuccessLearner _learner = new(LearningLimits.Default);
    private readonly long[] _numbers = new long[2];
    private double _nowS;

    [Fact]
    public void An_outage_puts_a_channel_far_below_and_leaves_no_trace_when_it_ends()
    {
        Run(300, 0, AttemptEnd.Succeeded);
        Run(300, 1, AttemptEnd.Succeeded);
        var before = Rated(0).Success;

        Run(40, 0, AttemptEnd.ChannelFault);
        Assert.InRange(Rated(0).Score, -200, -50);
        Assert.InRange(Rated(1).Score, 0.5, 2);

        Run(10, 0, AttemptEnd.Succeeded);
        Assert.InRange(Rated(0).Success, before - 0.03, before + 0.03);
        Assert.InRange(Rated(0).Score, 0.5, 2);
    }

    [Fact]
    public void An_outage_of_one_segment_is_no_outage_of_the_channel_because_another_has_failed_once()
    {
        var bank = new Segment(1, 0);
        Run(300, 0, AttemptEnd.Succeeded);
        Run(300, 0, AttemptEnd.Succeeded, bank);

        Run(1, 0, AttemptEnd.ChannelFault);
        Run(10, 0, AttemptEnd.ChannelFault, bank);

        Assert.InRange(Rate(new RouteQuestion(bank, 1, 0, false, 0.5, Now), 0)[0].Score, -200, -50);
        Assert.InRange(Rated(0).Score, 0.5, 2);
    }

    [Fact]
    public void Customers_faults_say_nothing_of_a_channel_that_has_successes_between()
    {
        Run(100, 0, AttemptEnd.Succeeded);
        var before = Rated(0);
        for (var i = 0; i < 30; i++)
        {
            Run(30, 0, AttemptEnd.CustomerFault);
            Run(1, 0, AttemptEnd.Succeeded);
        }

        Assert.InRange(Rated(0).Score, before.Score - 0.01, 2);
    }

    [Fact]
    public void A_channel_that_calls_its_outage_the_customers_fault_is_found_out()
    {
        Run(300, 0, AttemptEnd.Succeeded);

        Run(100, 0, AttemptEnd.CustomerFault);

        Assert.InRange(Rated(0).Score, -200, -50);
    }

    [Fact]
    public void Throttling_and_our_own_errors_change_nothing()
    {
        Run(100, 0, AttemptEnd.Succeeded);
        var before = Rated(0);

        Run(100, 0, AttemptEnd.NoEvidence);

        Assert.Equal(before.Score, Rated(0).Score, 2);
    }

    [Fact]
    public void A_success_that_becomes_known_late_takes_the_failure_back()
    {
        Run(100, 0, AttemptEnd.Succeeded);
        var before = Rated(0).Success;
        var unknown = Attempt(0);
        _learner.Ended(unknown, AttemptEnd.Unknown, Now);
        Assert.True(Rated(0).Success < before);

        _learner.Corrected(unknown, AttemptEnd.Succeeded, Now);
        var corrected = Rated(0).Success;
        _learner.Corrected(unknown, AttemptEnd.Succeeded, Now);

        Assert.InRange(corrected, before, 1);
        Assert.Equal(corrected, Rated(0).Success);
    }

    [Fact]
    public void Truth_that_comes_before_the_calls_end_stays()
    {
        Run(100, 0, AttemptEnd.Succeeded);
        var attempt = Attempt(0);
        _learner.Corrected(attempt, AttemptEnd.Succeeded, Now);
        var known = Rated(0).Success;

        _learner.Ended(attempt, AttemptEnd.Unknown, Now);

        Assert.Equal(known, Rated(0).Success);
    }

    [Fact]
    public void A_channel_that_stops_answering_gets_no_more_than_a_few_though_nothing_has_failed_yet()
    {
        Run(300, 0, AttemptEnd.Succeeded);
        for (var i = 0; i < 40; i++)
        {
            Attempt(0);
            _nowS += 0.1;
        }

        _nowS += 2;

        Assert.InRange(Rated(0, inFlight: 40).Score, -100, -10);
        Assert.InRange(Rated(0, inFlight: 1).Score, 0.5, 2);
    }

    [Fact]
    public void When_all_channels_of_a_segment_fall_together_none_is_down()
    {
        for (var i = 0; i < 400; i++)
        {
            Run(1, i % 2, AttemptEnd.Succeeded);
        }

        for (var i = 0; i < 400; i++)
        {
            Run(1, i % 2, i % 10 < 8 ? AttemptEnd.ChannelFault : AttemptEnd.Succeeded);
        }

        Assert.True(Math.Max(Rated(0).Score, Rated(1).Score) > 0);
    }

    [Fact]
    public void A_fall_too_small_for_an_outage_is_noticed_though_the_segments_baseline_sinks_with_it()
    {
        for (var i = 0; i < 4000; i++)
        {
            Run(1, i % 10 == 0 ? 1 : 0, 11 * i % 25 < 20 ? AttemptEnd.Succeeded : AttemptEnd.ChannelFault);
        }

        for (var i = 0; i < 700; i++)
        {
            Run(1, 0, 11 * i % 25 < 17 ? AttemptEnd.Succeeded : AttemptEnd.ChannelFault);
        }

        Assert.InRange(Rated(0).Score, 0.5, Rated(1).Score - 0.08);
    }

    [Fact]
    public void A_payment_too_large_to_learn_with_meets_no_chance_and_no_probe()
    {
        Run(100, 0, AttemptEnd.Succeeded);
        var scores = Enumerable.Range(0, 5000).Select(
            i => Rate(new RouteQuestion(Segment, 1, 0, false, i / 5000.0, Now), 0)[0]).ToArray();

        Assert.Single(scores.Select(candidate => candidate.Score).Distinct());
        Assert.DoesNotContain(scores, candidate => candidate.IsDueForProbe);
    }

    [Fact]
    public void A_channel_that_is_never_the_best_is_probed_now_and_then()
    {
        Run(200, 0, AttemptEnd.Succeeded);
        Run(50, 1, AttemptEnd.Succeeded);
        var probes = 0;
        for (var i = 0; i < 6000; i++, _nowS += 0.1)
        {
            if (Rate(new RouteQuestion(Segment, 1, 0, true, 0.5, Now), 0)[1].IsDueForProbe)
            {
                probes++;
                _learner.Chosen(Segment, 1);
            }
        }

        Assert.InRange(probes, 8, 16);
    }

    [Fact]
    public void A_channel_that_began_with_bad_luck_is_probed_more_often_until_it_is_known()
    {
        Run(200, 0, AttemptEnd.Succeeded);
        Run(2, 1, AttemptEnd.ChannelFault);
        var probes = 0;
        for (var i = 0; i < 1000; i++, _nowS += 0.1)
        {
            if (Rate(new RouteQuestion(Segment, 1, 0, true, 0.5, Now), 0)[1].IsDueForProbe)
            {
                probes++;
                Run(1, 1, AttemptEnd.Succeeded);
            }
        }

        // Of a channel that is known it would be two at most.
        Assert.InRange(probes, 3, 10);
    }

    [Fact]
    public void Deciding_and_learning_allocate_nothing()
    {
        var router = new SuccessRouter();
        var candidates = Enumerable.Range(0, 30).Select(
            i => new Candidate(new ChannelId($"c{i}"), 1, 0, false) { Index = i }).ToArray();
        var scores = new double[30];
        long Pay(int payments, long first)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var number = first; number < first + payments; number++)
            {
                var now = TimeSpan.FromSeconds(number * 0.01);
                var chosen = router.Choose(new RouteQuestion(Segment, 1, 0, true, number % 997 / 997.0, now), candidates, scores);
                var attempt = new RoutedAttempt(candidates[chosen].Index, Segment, number);
                router.Dispatched(attempt, now);
                router.Ended(attempt, number % 9 == 0 ? AttemptEnd.ChannelFault : AttemptEnd.Succeeded, now);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Pay(20_000, 1);

        Assert.Equal(0, Pay(5_000, 20_001));
    }

    private TimeSpan Now => TimeSpan.FromSeconds(_nowS);

    private void Run(int attempts, int channel, AttemptEnd end, Segment? segment = null)
    {
        for (var i = 0; i < attempts; i++)
        {
            var attempt = Attempt(channel, segment);
            _nowS += 0.1;
            _learner.Ended(attempt, end, Now);
        }
    }

    private RoutedAttempt Attempt(int channel, Segment? segment = null)
    {
        var attempt = new RoutedAttempt(channel, segment ?? Segment, _numbers[channel]++);
        _learner.Dispatched(attempt, Now);
        return attempt;
    }

    private Candidate Rated(int channel, int inFlight = 0) =>
        Rate(new RouteQuestion(Segment, 1, 0, false, 0.5, Now), inFlight)[channel];

    private Candidate[] Rate(RouteQuestion question, int inFlight)
    {
        var candidates = Enumerable.Range(0, 2)
            .Select(i => new Candidate(new ChannelId($"c{i}"), 1, 0, false) { Index = i, InFlight = inFlight }).ToArray();
        _learner.Rate(question, candidates);
        return candidates;
    }
}
