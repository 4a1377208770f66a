using RouterCluster.Domain.Routing;
using RouterCluster.Replay.Baselines;
using RouterCluster.Testing.Scenarios;

namespace RouterCluster.Replay.Tests.Scenarios;

/// <summary>
/// A short form of the benchmark suite <c>routing</c>: two seeds, and limits with room, so that only a real regression
/// fails. Regret is what the router loses against one who knows the truth.
/// </summary>
public sealed class ScenarioTests
{
    [Theory]
    [InlineData(ScenarioKind.Steady, 100, 0.7)]
    [InlineData(ScenarioKind.OutageFast, 100, 0.6)]
    [InlineData(ScenarioKind.OutageHang, 100, 0.45)]
    [InlineData(ScenarioKind.Delayed, 100, 0.85)]
    [InlineData(ScenarioKind.Capacity, 100, 0.9)]
    [InlineData(ScenarioKind.Mislabel, 100, 0.3)]
    [InlineData(ScenarioKind.Customer, 100, 0.9)]
    [InlineData(ScenarioKind.OutageHang, 10, 0.65)]
    [InlineData(ScenarioKind.OutageFast, 0.02, 0.95)]
    public void Regret_stays_well_below_the_best_baselines(ScenarioKind kind, double rate, double share)
    {
        var (ours, baseline) = (0.0, 0.0);
        foreach (var seed in new[] { 101, 102 })
        {
            var scenario = new Scenario(kind, rate, seed);
            var oracle = ScenarioRun.Of(scenario, new Oracle(), seed);
            ours += ScenarioRun.Of(scenario, new SuccessRouter(), seed).Regret(oracle);
            baseline += ScenarioRun.Of(scenario, BaselineRouters.Create("window-125-1")!, seed).Regret(oracle);
        }

        Assert.True(ours <= share * baseline, $"{ours / baseline:0.00} of window-125-1, seeds 101 and 102");
    }

    [Fact]
    public void Where_few_payments_come_and_most_fail_no_baseline_is_better()
    {
        var (ours, bandit, window) = (0.0, 0.0, 0.0);
        for (var seed = 101; seed <= 106; seed++)
        {
            var scenario = new Scenario(ScenarioKind.SlowLow, 1, seed);
            var oracle = ScenarioRun.Of(scenario, new Oracle(), seed);
            ours += ScenarioRun.Of(scenario, new SuccessRouter(), seed).Regret(oracle);
            bandit += ScenarioRun.Of(scenario, BaselineRouters.Create("thompson-998")!, seed).Regret(oracle);
            window += ScenarioRun.Of(scenario, BaselineRouters.Create("sw-ucb")!, seed).Regret(oracle);
        }

        Assert.True(ours <= Math.Min(bandit, window), $"{ours / bandit:0.00} of thompson-998, {ours / window:0.00} of sw-ucb");
    }

    /// <summary>At ten payments a second X's share moves by itself, so there the middle one of several worlds counts.</summary>
    [Theory]
    [InlineData(100, 2)]
    [InlineData(10, 8)]
    public void One_merchants_storm_of_declined_payments_does_not_move_the_others(double rate, int seeds)
    {
        var kept = Enumerable.Range(101, seeds).Select(seed =>
        {
            var scenario = new Scenario(ScenarioKind.Poison, rate, seed);
            var run = ScenarioRun.Of(scenario, new SuccessRouter(), seed);
            return run.ShareKept(scenario.Timeline.OnS, scenario.Timeline.OffS);
        });

        Assert.InRange(kept.Order().ElementAt((seeds - 1) / 2), 0.9, 2);
    }

    [Fact]
    public void A_channel_that_decides_nothing_has_lost_its_traffic_after_fifteen_seconds()
    {
        var scenario = new Scenario(ScenarioKind.Undecided, 100, 101);

        var runs = new[] { ScenarioRun.Of(scenario, new SuccessRouter(), 101), NodeRun.Of(scenario, 101) };

        foreach (var (fromS, untilS) in scenario.Judged)
        {
            Assert.All(runs, run => Assert.InRange(run.ShareKept(fromS, untilS), 0, 0.2));
        }
    }

    [Fact]
    public void A_channel_that_takes_ten_orders_a_second_is_sent_few_more_and_hardly_fewer()
    {
        var scenario = new Scenario(ScenarioKind.Throttled, 100, 101);
        var run = NodeRun.Of(scenario, 101);
        var couldTake = Scenario.ThrottledPerSecond * (scenario.Timeline.OffS - scenario.Timeline.OnS);

        Assert.InRange(run.SentToX, 0, 1.2 * run.TakenByX);
        Assert.InRange(run.TakenByX, 0.7 * couldTake, couldTake);
    }

    [Fact]
    public void A_channel_that_refuses_one_bank_keeps_the_others()
    {
        var scenario = new Scenario(ScenarioKind.Part, 100, 101);
        var run = NodeRun.Of(scenario, 101);

        Assert.InRange(run.ShareKept(scenario.Timeline.OnS, scenario.Timeline.OffS), 0.95, 2);
        Assert.InRange(run.SentToX - run.TakenByX, 3, 300);
    }

    /// <summary>
    /// In this world runs of many segments overlap when they are taken back: counted as successes that nobody expected,
    /// they once kept all traffic on the channel that sank (7.7 % regret).
    /// </summary>
    [Fact]
    public void A_sinking_channel_is_left_though_all_its_segments_take_back_their_runs()
    {
        const int Seed = 60801;
        var scenario = new Scenario(ScenarioKind.Drift, 100, Seed);
        var oracle = ScenarioRun.Of(scenario, new Oracle(), Seed);

        var regret = ScenarioRun.Of(scenario, new SuccessRouter(), Seed).Regret(oracle);

        Assert.InRange(regret, 0, 0.015);
    }

    [Theory]
    [InlineData(ScenarioKind.OutageFast, 3, 160, 60)]
    [InlineData(ScenarioKind.OutageHang, 6, 400, null)]
    public void A_dead_channel_is_left_at_once_and_taken_back_soon(ScenarioKind kind, int leave, double lost, int? back)
    {
        var scenario = new Scenario(kind, 100, 101);
        var run = ScenarioRun.Of(scenario, new SuccessRouter(), 101);

        Assert.InRange(run.SecondsToLeave() ?? int.MaxValue, 0, leave);
        Assert.InRange(run.LostInFirstMinute, 0, lost);
        Assert.InRange(run.SecondsToReturn() ?? int.MaxValue, 0, back ?? int.MaxValue);
    }
}
