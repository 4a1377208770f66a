using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments;

namespace RouterCluster.Node.Tests.Payments;

public sealed class ChannelQuestionRunTests
{
    private static readonly PaymentId[] Unknown = [.. Enumerable.Range(0, 100).Select(i => PaymentSamples.IdOf($"A-{i}"))];

    [Fact]
    public void Questions_come_at_the_rate_each_once_and_in_order()
    {
        var run = Run(20);
        var (asked, at) = (new List<PaymentId>(), 0.0);
        while (run.Next(at) is { } some)
        {
            asked.AddRange(some);
            Assert.InRange(asked.Count, Math.Min(100, at * 20), (at * 20) + 1);
            at += 0.1;
        }

        Assert.Equal(Unknown, asked);
        Assert.InRange(at, 4.9, 5.2);
    }

    [Fact]
    public void Time_in_which_nothing_could_be_asked_is_not_made_up_for_at_once()
    {
        var run = Run(20);
        Assert.Single(run.Next(0)!);
        Assert.Equal(20, run.Next(60)!.Count);
    }

    private static ChannelQuestionRun Run(double rate) =>
        new(PaymentSamples.Alpha, Unknown, rate, "alice", PaymentSamples.At);
}
