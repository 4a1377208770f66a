using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Tests.Channels;

/// <summary>When a new owner may make its first call.</summary>
public sealed class OwnerWaitTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(16);

    [Fact]
    public void Nobody_is_waited_for_where_nobody_owned_the_channel_or_the_last_owner_released_it()
    {
        Assert.True(Wait(null).IsOver(At(0), null, hereEnded: true));
        Assert.True(Wait(Owner("other", ClaimState.Released)).IsOver(At(0), null, hereEnded: true));
    }

    [Fact]
    public void Calls_of_earlier_owners_on_this_node_are_waited_for_in_any_case()
    {
        Assert.False(Wait(null).IsOver(At(100), null, hereEnded: false));
        Assert.False(Wait(Owner("self", ClaimState.Open)).IsOver(At(100), null, hereEnded: false));
        Assert.True(Wait(Owner("self", ClaimState.Open)).IsOver(At(0), null, hereEnded: true));
    }

    [Fact]
    public void A_silent_owners_longest_call_is_waited_for_from_the_beginning_of_its_silence()
    {
        var wait = Wait(Owner("other", ClaimState.Open));
        Assert.Equal("other", wait.Predecessor);
        Assert.False(wait.IsOver(At(5), TimeSpan.FromSeconds(15.999), hereEnded: true));
        Assert.True(wait.IsOver(At(5), LongestCall, hereEnded: true));
    }

    [Fact]
    public void An_owner_whose_node_lives_has_seen_after_a_lease_that_it_is_none()
    {
        var wait = Wait(Owner("other", ClaimState.Open));
        Assert.False(wait.IsOver(At(19.999), null, hereEnded: true));
        Assert.True(wait.IsOver(At(20), null, hereEnded: true));
    }

    /// <summary>Its predecessor may have sent until a moment ago, and only the last row is there.</summary>
    [Fact]
    public void The_silence_of_an_owner_that_only_waited_says_nothing()
    {
        foreach (var incarnation in new[] { "other", "self" })
        {
            var wait = Wait(Owner(incarnation, ClaimState.Waiting));
            Assert.Null(wait.Predecessor);
            Assert.False(wait.IsOver(At(19.999), null, hereEnded: true));
            Assert.True(wait.IsOver(At(20), null, hereEnded: true));
        }
    }

    [Fact]
    public void A_wall_clock_that_leaps_shortens_no_wait()
    {
        var leapt = At(1) with { Utc = ChannelScene.Start.AddDays(1) };
        Assert.False(Wait(Owner("other", ClaimState.Open)).IsOver(leapt, null, hereEnded: true));
    }

    private static OwnerWait Wait(LastOwner? last) => new(last, "self", Lease, At(0));

    private static LastOwner Owner(string incarnation, ClaimState state) => new(incarnation, state, LongestCall);

    private static ClaimTime At(double seconds) =>
        new(ChannelScene.Start.AddSeconds(seconds), TimeSpan.FromSeconds(1000 + seconds));
}
