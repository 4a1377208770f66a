using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Tests.Channels;

/// <summary>An owner sends only while it knows that the channel is its own.</summary>
public sealed class ChannelClaimTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private readonly ChannelClaim _claim = new(7, Lease, At(0));

    [Fact]
    public void Nothing_is_sent_before_the_calls_of_the_last_owner_have_ended()
    {
        Assert.False(_claim.MaySend(At(1)));
        _claim.Open();
        Assert.True(_claim.MaySend(At(1)));
    }

    [Fact]
    public void A_claim_that_cannot_be_read_grows_old_a_little_before_its_successor_sends()
    {
        _claim.Open();
        Assert.True(_claim.MaySend(At(8.999)));
        Assert.False(_claim.MaySend(At(9)));

        _claim.Confirm(At(8));
        Assert.True(_claim.MaySend(At(16.999)));
        Assert.False(_claim.MaySend(At(17)));
    }

    /// <summary>The monotonic clock of a machine that was paused has stood still.</summary>
    [Fact]
    public void The_clock_that_has_gone_further_counts()
    {
        _claim.Open();
        Assert.False(_claim.MaySend(At(1) with { Utc = ChannelScene.Start.AddSeconds(60) }));
        Assert.False(_claim.MaySend(At(60) with { Utc = ChannelScene.Start }));
    }

    [Fact]
    public void A_claim_that_was_taken_never_sends_again()
    {
        _claim.Open();
        _claim.End();
        _claim.Confirm(At(1));
        _claim.Open();
        Assert.False(_claim.MaySend(At(1)));
    }

    [Fact]
    public void Where_nobody_else_can_take_the_channel_a_claim_does_not_grow_old()
    {
        var alone = new ChannelClaim(1, TimeSpan.Zero, At(0));
        alone.Open();
        Assert.True(alone.MaySend(At(100_000)));
    }

    private static ClaimTime At(double seconds) => new(ChannelScene.Start.AddSeconds(seconds), TimeSpan.FromSeconds(seconds));
}
