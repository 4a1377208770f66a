using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Routing;

/// <summary>
/// The goals are those of the full run, on a machine with nothing else to do. The short one beside other work tells
/// only whether traffic follows what works at all.
/// </summary>
public sealed class When_the_best_channel_changes(TrafficFixture traffic, ITestOutputHelper output)
    : IClassFixture<TrafficFixture>
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(LongRun.Or(full: 30, normal: 4));
    private static readonly TimeSpan Bin = TimeSpan.FromSeconds(LongRun.Or(full: 30, normal: 1));
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(LongRun.Or(full: 5, normal: 2));

    private static readonly double DeadShare = LongRun.Or(full: 0.05, normal: 0.3);
    private static readonly double BackShare = LongRun.Or(full: 0.9, normal: 0.4);
    private static readonly int BackWithin = LongRun.Or(full: 60, normal: 40);
    private static readonly double Oscillation = LongRun.Or(full: 0.06, normal: 0.4);
    private static readonly double StormShare = LongRun.Or(full: 0.95, normal: 0.4);
    private static readonly int LostBeyondBudget = LongRun.Or(full: 60, normal: 400);

    [Fact]
    public void Its_share_does_not_swing_while_nothing_happens()
    {
        var shares = traffic.Books.Shares(TrafficFixture.Best, traffic.Steady, Bin).ToList();
        var mean = shares.Average();
        var deviation = Math.Sqrt(shares.Average(share => (share - mean) * (share - mean)));
        Note($"steady: share {mean:P1}, standard deviation {deviation:P2} over {shares.Count} bins of {Bin.TotalSeconds} s");
        Assert.InRange(deviation, 0, Oscillation);
    }

    [Fact]
    public void A_storm_of_customers_failures_moves_no_traffic()
    {
        var former = Former(traffic.Steady);
        var share = traffic.Books.Share(TrafficFixture.Best, traffic.Storm);
        Note($"customers' failures: share {share:P1}, before {former:P1}");
        Assert.True(share >= StormShare * former, "Traffic fled from customers' failures.");
    }

    [Fact]
    public void It_is_left_when_it_answers_with_errors() => IsLeft("errors", traffic.Errors, within: 3);

    [Fact]
    public void It_is_left_when_it_hangs() => IsLeft("hang", traffic.Hang, within: 6);

    [Fact]
    public void It_gets_its_traffic_back_when_it_answers_again()
    {
        IsBack("after errors", Former(traffic.Steady), traffic.AfterErrors);
        if (LongRun.IsWanted)
        {
            IsBack("after the hang", Former(traffic.AfterErrors), traffic.AfterHang);
        }
    }

    private void Note(string figure)
    {
        output.WriteLine(figure);
        traffic.Note(figure);
    }

    private double Former(Span before) => traffic.Books.Share(TrafficFixture.Best, before.Last(Memory));

    private void IsLeft(string what, Span span, int within)
    {
        traffic.Node.WriteLog(output);
        var limit = TimeSpan.FromSeconds(within);
        var afterwards = new Span(span.From + limit, span.Until);
        var share = traffic.Books.Share(TrafficFixture.Best, afterwards);
        var left = traffic.Books.FirstSecond(TrafficFixture.Best, span, Window, each => each < DeadShare);
        var attempts = traffic.Books.Attempts(TrafficFixture.Best, span);
        var lost = attempts + traffic.Refused(span);
        Note(
            $"{what}: left after {left} s; share {share:P2} from second {within} to {span.Length.TotalSeconds:0}; "
            + $"{lost} payments not at first attempt, {attempts} of them sent there; budget {TrafficFixture.Budget}");
        Assert.True(left <= within, $"It was left after {left} s.");
        Assert.InRange(share, 0, DeadShare);
        Assert.InRange(lost, 0, TrafficFixture.Budget + LostBeyondBudget);
    }

    private void IsBack(string what, double former, Span span)
    {
        var back = traffic.Books.FirstSecond(TrafficFixture.Best, span, Window, share => share >= BackShare * former);
        var shares = traffic.Books.Shares(TrafficFixture.Best, span, Window).Select(share => $"{share:P0}");
        Note($"{what}: back after {back} s to {BackShare:P0} of {former:P1}; {string.Join(' ', shares)}");
        Assert.True(back <= BackWithin, $"It was back after {back} s.");
    }
}
