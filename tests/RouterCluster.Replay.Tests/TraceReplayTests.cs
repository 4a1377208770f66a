using RouterCluster.Domain.Routing;

namespace RouterCluster.Replay.Tests;

public sealed class TraceReplayTests
{
    private static readonly TraceRow Row =
        new(0, 10, "ICBC", "withhold", "alpha", true, 100, 0.9, null, 400, 1200, null, null, null);

    [Fact]
    public void Arrivals_lie_within_their_bucket_and_in_order()
    {
        var watched = new Watching();

        Run(watched, Row with { Start = 5 }, Row with { Start = 5, Segment = "ABC" }, Row with { Start = 30, Length = 5 });

        Assert.Equal(300, watched.Chosen.Count);
        Assert.Equal(watched.Chosen.Order(), watched.Chosen);
        Assert.All(watched.Chosen[..200], at => Assert.InRange(at.TotalSeconds, 0, 10));
        Assert.All(watched.Chosen[200..], at => Assert.InRange(at.TotalSeconds, 25, 30));
    }

    [Fact]
    public void Every_attempt_ends_once_and_late_ones_are_corrected()
    {
        var watched = new Watching();

        Run(watched, Row with { P50Ms = 40_000, P95Ms = 40_000 }, Row with { Start = 20 });

        Assert.Equal(200, watched.Ends.Count);
        Assert.Equal(200, watched.Ends.Select(end => end.Attempt).Distinct().Count());
        Assert.Equal(100, watched.Ends.Count(end => end.End == AttemptEnd.Unknown));
        Assert.Equal(100, watched.Corrections.Count);
        Assert.DoesNotContain(watched.Corrections, truth => truth.End == AttemptEnd.Unknown);
    }

    [Fact]
    public void A_full_channel_takes_no_more_and_payments_without_any_fail()
    {
        var watched = new Watching();

        var report = Run(watched, Row with { Capacity = 3, P50Ms = 60_000, P95Ms = 60_000, Success = 1 });

        Assert.Equal(3, watched.Chosen.Count);
        Assert.Equal(0.03, report.Routers[0].Success, 9);
        Assert.Equal(1, report.Oracle, 9);
    }

    [Fact]
    public void Channels_that_are_not_eligible_or_not_known_are_no_candidates()
    {
        var watched = new Watching();

        var report = Run(
            watched, Row with { IsEligible = false, Success = 1 }, Row with { Channel = "bravo", Success = null },
            Row with { Channel = "charlie", Success = 0.5 });

        Assert.Equal([0, 0, 1], report.Routers[0].Shares);
        Assert.Equal(0.5, report.Oracle, 9);
    }

    [Fact]
    public void Fractions_of_arrivals_add_up()
    {
        var rows = Enumerable.Range(0, 8).Select(bucket => Row with { Start = bucket * 10, Arrivals = 0.25 });

        Assert.Equal(2, Run(new Watching(), [.. rows]).Arrivals);
    }

    [Fact]
    public void Customers_faults_are_told_apart_from_the_channels()
    {
        var watched = new Watching();

        Run(watched, Row with { Arrivals = 4000, Success = 0.5, CustomerFailure = 0.2 });

        Assert.InRange(watched.Ends.Count(end => end.End == AttemptEnd.CustomerFault), 700, 900);
        Assert.InRange(watched.Ends.Count(end => end.End == AttemptEnd.Succeeded), 1500, 1700);
    }

    [Fact]
    public void Rows_that_contradict_each_other_are_refused_with_their_line()
    {
        Refused("line 2: arrivals differ", Row, Row with { Channel = "bravo", Arrivals = 99 });
        Refused("line 2: a second row", Row, Row);
        Refused("line 2: bucket_len_s differs", Row, Row with { Channel = "bravo", Length = 11 });
        Refused("line 2: bucket_start_s is before", Row, Row with { Start = -10 });
        Refused("line 1: latency_p95_ms is below", Row with { P95Ms = 1 });
    }

    [Fact]
    public void Times_that_are_no_seconds_are_refused_with_their_line()
    {
        Refused("line 2: the bucket ends a thousand years", Row, Row with { Start = 1.7e12 });
        Refused("line 1: the bucket ends a thousand years", Row with { Length = 1e300 });
        Refused("line 2: the bucket ends a thousand years", Row with { Start = double.MinValue }, Row);
    }

    [Fact]
    public void Time_bins_stay_few_however_long_the_trace_is()
    {
        var rows = Enumerable.Range(0, 1000).Select(bucket => Row with { Start = bucket * 1000.0, Length = 1000, Arrivals = 2 });

        var bins = Run(new Watching(), [.. rows]).Routers[0].Bins;

        Assert.InRange(bins.Count, 100, 240);
        Assert.All(Enumerable.Range(0, bins.Count), bin => Assert.Equal(1, bins.Share(bin, 0)));
        Assert.All(Enumerable.Range(0, bins.Count), bin => Assert.Equal(0.9, bins.Success(bin)!.Value, 9));
    }

    private static void Refused(string message, params TraceRow[] rows)
    {
        var wrong = Assert.Throws<TraceFormatException>(() => Run(new Watching(), rows));

        Assert.StartsWith(message, wrong.Message, StringComparison.Ordinal);
    }

    private static ReplayReport Run(IRouter router, params TraceRow[] rows)
    {
        var replay = new TraceReplay([("watching", router)], seed: 1);
        for (var line = 0; line < rows.Length; line++)
        {
            replay.Add(rows[line], line + 1);
        }

        return replay.Finish();
    }

    /// <summary>Takes the first candidate and writes down what it is told.</summary>
    private sealed class Watching : IRouter
    {
        public List<TimeSpan> Chosen { get; } = [];

        public List<(RoutedAttempt Attempt, AttemptEnd End)> Ends { get; } = [];

        public List<(RoutedAttempt Attempt, AttemptEnd End)> Corrections { get; } = [];

        public int Choose(in RouteQuestion question, Span<Candidate> candidates, Span<double> scores)
        {
            Chosen.Add(question.Now);
            return 0;
        }

        public void Ended(in RoutedAttempt attempt, AttemptEnd end, TimeSpan now) => Ends.Add((attempt, end));

        public void Corrected(in RoutedAttempt attempt, AttemptEnd truth, TimeSpan now) => Corrections.Add((attempt, truth));
    }
}
