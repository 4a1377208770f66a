using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Replay.Baselines;

namespace RouterCluster.Replay.Tests.Scenarios;

public sealed class BaselineTests
{
    private static readonly Segment Segment = new(7, 1);

    [Theory]
    [InlineData("window-125")]
    [InlineData("window-125-1")]
    [InlineData("thompson-998")]
    [InlineData("sw-ucb")]
    public void Learners_go_where_payments_succeed_and_follow_when_that_changes(string name)
    {
        var router = Baseline(name);
        Assert.InRange(ShareOfLast(router, 3000, [0.4, 0.9, 0.6]), 0.75, 1);
        Assert.InRange(ShareOfLast(router, 6000, [0.9, 0.1, 0.6]), 0, 0.1);
    }

    [Fact]
    public void Static_priority_takes_the_first_of_the_configuration() =>
        Assert.Equal(1, Baseline("static").Choose(Question(0.5), Candidates(5, 2, 9), new double[3]));

    [Fact]
    public void Round_robin_takes_each_in_turn()
    {
        var router = Baseline("round-robin");
        var chosen = Enumerable.Range(0, 6).Select(_ => router.Choose(Question(0.5), Candidates(0, 1, 2), new double[3]));
        Assert.Equal([0, 1, 2, 0, 1, 2], chosen);
    }

    [Fact]
    public void The_customers_faults_teach_none_of_them_anything()
    {
        foreach (var name in BaselineRouters.Names.Except(["round-robin", "static"]))
        {
            var router = Baseline(name);
            var before = Scores(router);
            for (var number = 0; number < 200; number++)
            {
                router.Ended(new RoutedAttempt(0, Segment, number), AttemptEnd.CustomerFault, TimeSpan.Zero);
            }

            Assert.Equal(before, Scores(router));
        }
    }

    [Fact]
    public void No_other_name_is_known() => Assert.Null(BaselineRouters.Create("window-126"));

    /// <summary>Share of the last third of the payments that went to the second of three channels.</summary>
    private static double ShareOfLast(IRouter router, int payments, double[] success)
    {
        var random = new Random(42);
        var taken = 0;
        for (var number = 0; number < payments; number++)
        {
            var chosen = router.Choose(Question(random.NextDouble()), Candidates(0, 1, 2), new double[3]);
            var attempt = new RoutedAttempt(chosen, Segment, number);
            router.Dispatched(attempt, TimeSpan.Zero);
            var end = random.NextDouble() < success[chosen] ? AttemptEnd.Succeeded : AttemptEnd.ChannelFault;
            router.Ended(attempt, end, TimeSpan.Zero);
            taken += chosen == 1 && number >= payments * 2 / 3 ? 1 : 0;
        }

        return taken / (payments / 3.0);
    }

    private static double[] Scores(IRouter router)
    {
        var scores = new double[2];
        router.Choose(Question(0.25), Candidates(0, 1), scores);
        return scores;
    }

    private static IRouter Baseline(string name) => BaselineRouters.Create(name) ?? throw new ArgumentException(name);

    private static RouteQuestion Question(double draw) => new(Segment, 12_000, 0, true, draw, TimeSpan.Zero);

    private static Candidate[] Candidates(params int[] indexes) =>
        [.. indexes.Select(index => new Candidate(new ChannelId($"c{index}"), 1, 1, false) { Index = index })];
}
