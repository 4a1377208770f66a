using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Learning;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Routing;

/// <summary>
/// What the learner makes of much trouble from few: one channel, twenty honest payments a second of many people at
/// ten merchants, and beside them two hundred failures a second.
/// </summary>
public sealed class LearnerSourceTests
{
    private const ulong Abused = 99;
    private static readonly Segment Segment = new(0, 0);
    private readonly SuccessLearner _learner = new(LearningLimits.Default);
    private readonly Random _random = new(7);
    private long _number;
    private double _nowS;

    [Fact]
    public void Declines_beside_honest_successes_leave_the_channel_where_it_was()
    {
        Honest(600, _ => AttemptEnd.Succeeded);
        var before = Score();

        Storm(30, _ => default, AttemptEnd.CustomerFault);

        Assert.InRange(Score(), before - 0.02, 2);
    }

    [Fact]
    public void One_accounts_failures_count_a_few_times_however_many_they_are()
    {
        Honest(600, _ => AttemptEnd.Succeeded);
        var before = Score();

        var lowest = Storm(30, _ => Source.Of(1, Abused), AttemptEnd.ChannelFault);

        Assert.InRange(lowest, before - 0.05, 2);
    }

    [Fact]
    public void One_merchants_failures_count_a_few_times_however_many_accounts_it_sends()
    {
        Honest(600, _ => AttemptEnd.Succeeded);
        var before = Score();

        var lowest = Storm(30, i => Source.Of((ulong)i, Abused), AttemptEnd.ChannelFault);

        Assert.InRange(lowest, before - 0.05, 2);
    }

    [Fact]
    public void Failures_of_many_accounts_at_many_merchants_are_the_channels()
    {
        Honest(600, _ => AttemptEnd.Succeeded);

        Honest(2, _ => AttemptEnd.ChannelFault);

        Assert.InRange(Score(), -200, -50);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_outage_is_seen_though_all_payments_are_of_one_merchant_and_few_accounts(int accounts)
    {
        AttemptEnd Pay(AttemptEnd end)
        {
            End(Source.Of((ulong)_random.Next(accounts), 1), end);
            return end;
        }

        for (var i = 0; i < 2000; i++, _nowS += 0.05)
        {
            Pay(i % 10 == 0 ? AttemptEnd.ChannelFault : AttemptEnd.Succeeded);
        }

        for (var i = 0; i < 40; i++, _nowS += 0.05)
        {
            Pay(AttemptEnd.ChannelFault);
        }

        Assert.InRange(Score(), -200, -50);
    }

    [Fact]
    public void A_merchant_with_few_accounts_counts_like_others()
    {
        Honest(60, _ => AttemptEnd.Succeeded);
        for (var i = 0; i < 1000; i++, _nowS += 0.05)
        {
            End(Source.Of((ulong)(i % 3), Abused), AttemptEnd.Succeeded);
        }

        for (var i = 0; i < 40; i++, _nowS += 0.05)
        {
            End(Source.Of((ulong)(i % 3), Abused), AttemptEnd.ChannelFault);
        }

        Assert.InRange(Score(), -200, -50);
    }

    private void Honest(double seconds, Func<double, AttemptEnd> end)
    {
        for (var until = _nowS + seconds; _nowS < until; _nowS += 0.05)
        {
            End(SomebodyHonest(), end(_nowS));
        }
    }

    /// <summary>Honest payments, of which nine in ten succeed, and ten failures for each.</summary>
    /// <returns>The lowest score meanwhile.</returns>
    private double Storm(double seconds, Func<int, Source> source, AttemptEnd end)
    {
        var lowest = double.MaxValue;
        for (var i = 0; i < seconds * 220; i++, _nowS += 1 / 220.0)
        {
            if (_random.Next(11) > 0)
            {
                End(source(i), end);
            }
            else
            {
                End(SomebodyHonest(), AttemptEnd.Succeeded);
            }

            lowest = Math.Min(lowest, Score());
        }

        return lowest;
    }

    private Source SomebodyHonest() => Source.Of((ulong)_random.Next(100_000), (ulong)_random.Next(10));

    private void End(Source source, AttemptEnd end)
    {
        var attempt = new RoutedAttempt(0, Segment, _number++) { Source = source };
        _learner.Dispatched(attempt, TimeSpan.FromSeconds(_nowS));
        _learner.Ended(attempt, end, TimeSpan.FromSeconds(_nowS));
    }

    private double Score()
    {
        Candidate[] candidates = [new Candidate(new ChannelId("c"), 1, 0, false) { Index = 0 }];
        _learner.Rate(new RouteQuestion(Segment, 1, 0, false, 0.5, TimeSpan.FromSeconds(_nowS)), candidates);
        return candidates[0].Score;
    }
}
