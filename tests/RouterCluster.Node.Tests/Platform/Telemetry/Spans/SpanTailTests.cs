using RouterCluster.Node.Platform.Telemetry.Spans;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Platform.Telemetry.Spans;

public sealed class SpanTailTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Spans_of_a_payment_wait_until_one_tells_and_then_all_are_exported()
    {
        var tail = new SpanTail(new SpanRules(0, 10, 100));
        var (commit, wait) = (Of("A-1", SpanName.Commit), Of("A-1", SpanName.LaneWait));
        Assert.Empty(tail.Take(commit, default));
        Assert.Empty(tail.Take(Of("A-2", SpanName.Commit), default));
        Assert.Empty(tail.Take(wait, default));

        var failed = Of("A-1", SpanName.Submit, tells: true);
        Assert.Equal([commit, wait, failed], tail.Take(failed, default));

        var later = Of("A-1", SpanName.Query);
        Assert.Equal([later], tail.Take(later, default));
        Assert.Equal(1, tail.Waiting);
    }

    [Fact]
    public void A_payment_that_ends_well_leaves_nothing_behind()
    {
        var tail = new SpanTail(new SpanRules(0, 10, 100));
        tail.Take(Of("A-1", SpanName.Commit), default);
        tail.Take(Of("A-1", SpanName.Submit), default);

        Assert.Empty(tail.Take(Of("A-1", SpanName.Payment), default));
        Assert.Equal(0, tail.Waiting);
    }

    [Fact]
    public void No_more_spans_wait_than_may_and_the_oldest_payment_s_go()
    {
        var tail = new SpanTail(new SpanRules(0, 10, 50));
        for (var number = 0; number < 10_000; number++)
        {
            tail.Take(Of($"A-{number}", SpanName.Commit), default);
            tail.Take(Of($"A-{number}", SpanName.Submit), default);
            Assert.InRange(tail.Waiting, 1, 50);
        }

        Assert.Single(tail.Take(Of("A-1", SpanName.Query, tells: true), default));
        Assert.Equal(3, tail.Take(Of("A-9999", SpanName.Query, tells: true), default).Count);
    }

    [Fact]
    public void Payments_that_come_and_go_do_not_fill_the_memory_either()
    {
        var tail = new SpanTail(new SpanRules(0, 10, 50));
        for (var number = 0; number < 1_000; number++)
        {
            tail.Take(Of("A-1", SpanName.Commit), default);
            tail.Take(Of("A-1", SpanName.Payment), default);
        }

        var waiting = Of("A-2", SpanName.Commit);
        tail.Take(waiting, default);
        Assert.Equal(waiting, tail.Take(Of("A-2", SpanName.Submit, tells: true), default)[0]);
    }

    [Fact]
    public void An_outage_exports_so_many_payments_a_second_and_no_more()
    {
        var tail = new SpanTail(new SpanRules(0, 3, 1000));
        int Exported(int from) => Enumerable.Range(from, 100)
            .Count(number => tail.Take(Of($"A-{number}", SpanName.Submit, tells: true), Second * (from / 100)).Count > 0);

        Assert.Equal((3, 3), (Exported(0), Exported(100)));
    }

    [Fact]
    public void A_sample_is_exported_at_once_and_every_node_takes_the_same_payments()
    {
        static int[] Sampled() =>
        [
            .. Enumerable.Range(0, 4_000).Where(number =>
                new SpanTail(new SpanRules(0.25, 0, 10)).Take(Of($"A-{number}", SpanName.Commit), default).Count > 0),
        ];

        var first = Sampled();
        Assert.InRange(first.Length, 850, 1_150);
        Assert.Equal(first, Sampled());
        Assert.Single(new SpanTail(new SpanRules(1, 0, 10)).Take(Of("A-1", SpanName.Commit), default));
    }

    private static PaymentSpan Of(string orderNo, SpanName name, bool tells = false) =>
        new(PaymentSamples.IdOf(orderNo), name, PaymentSamples.At, Second) { IsTelling = tells };
}
