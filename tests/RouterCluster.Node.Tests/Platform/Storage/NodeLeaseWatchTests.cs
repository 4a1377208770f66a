using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Tests.Platform.Storage;

/// <summary>When a node concludes from the rows that another one cannot send any more.</summary>
public sealed class NodeLeaseWatchTests
{
    private const string Other = "other";
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(5);

    private readonly NodeLeaseWatch _watch = new("own", Lasts);

    [Fact]
    public void A_row_that_is_renewed_is_never_silent()
    {
        for (var second = 0; second < 20; second++)
        {
            Look(second, Row(beat: second));
            Assert.Null(_watch.SilentFor(Other, At(second)));
        }

        Assert.Empty(_watch.DueToFence());
    }

    [Fact]
    public void A_row_that_stays_unrenewed_is_due_to_be_fenced_only_if_somebody_wants_to_succeed_its_node()
    {
        LookEverySecond(0, 10);
        Assert.Empty(_watch.DueToFence());

        Assert.Null(_watch.SilentFor(Other, At(10)));

        Assert.Equal(Other, Assert.Single(_watch.DueToFence()).Incarnation);
    }

    [Fact]
    public void It_is_due_when_it_was_watched_for_as_long_as_a_renewal_lasts()
    {
        Assert.Null(_watch.SilentFor(Other, At(0)));
        LookEverySecond(0, 4);
        Assert.Empty(_watch.DueToFence());
        Look(5, Row(beat: 1));
        Assert.Single(_watch.DueToFence());
    }

    [Fact]
    public void Once_fenced_its_node_counts_as_silent_from_when_its_last_renewal_had_run_out()
    {
        _watch.SilentFor(Other, At(0));
        LookEverySecond(0, 8);
        _watch.Fenced(_watch.DueToFence()[0], At(8));

        Assert.Equal(TimeSpan.FromSeconds(4), _watch.SilentFor(Other, At(9)));
        Assert.Empty(_watch.DueToFence());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_another_node_has_fenced_or_its_own_node_has_released_is_silent_since_it_was_seen(bool isReleased)
    {
        Look(1, Row(beat: 1));
        Look(2, Row(beat: 1) with { IsReleased = isReleased, IsFenced = !isReleased });
        Look(3, Row(beat: 1) with { IsReleased = isReleased, IsFenced = !isReleased });

        Assert.Equal(TimeSpan.FromSeconds(2), _watch.SilentFor(Other, At(4)));
    }

    [Fact]
    public void A_reading_that_failed_begins_the_watch_anew()
    {
        _watch.SilentFor(Other, At(0));
        LookEverySecond(0, 4);
        _watch.Interrupted();
        LookEverySecond(5, 9);
        Assert.Empty(_watch.DueToFence());
        Look(10, Row(beat: 1));
        Assert.Single(_watch.DueToFence());
    }

    /// <summary>A database that stood still has taken nobody's renewals.</summary>
    [Fact]
    public void So_does_a_long_pause_between_two_readings()
    {
        _watch.SilentFor(Other, At(0));
        Look(0, Row(beat: 1));
        Look(20, Row(beat: 1));

        Assert.Empty(_watch.DueToFence());
    }

    [Fact]
    public void A_row_that_is_not_there_counts_from_the_first_look_after_the_question()
    {
        Look(0);
        Assert.Null(_watch.SilentFor(Other, At(1)));
        Look(2);
        Assert.Null(_watch.SilentFor(Other, At(6)));
        Assert.Equal(TimeSpan.FromSeconds(1), _watch.SilentFor(Other, At(8)));
    }

    [Fact]
    public void A_node_that_started_after_the_last_look_is_not_taken_for_one_that_is_gone()
    {
        Look(0);
        Assert.Null(_watch.SilentFor(Other, At(30)));
        Look(31, Row(beat: 1));
        Assert.Null(_watch.SilentFor(Other, At(60)));
    }

    [Fact]
    public void A_node_is_never_silent_to_itself()
    {
        Look(0);
        Look(20);
        Assert.Null(_watch.SilentFor("own", At(60)));
    }

    private static NodeLeaseRow Row(long beat) => new(Other, "other node", 1, beat, Lasts, DateTimeOffset.UnixEpoch);

    private static TimeSpan At(int second) => TimeSpan.FromSeconds(second);

    private void LookEverySecond(int first, int last)
    {
        for (var second = first; second <= last; second++)
        {
            Look(second, Row(beat: 1));
        }
    }

    private void Look(int second, params NodeLeaseRow[] rows) => _watch.Observe(rows, At(second), At(second));
}
