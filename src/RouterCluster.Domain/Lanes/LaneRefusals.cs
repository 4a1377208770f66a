using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Lanes;

/// <summary>Only the lane may report "not sent", and only for calls that it refused itself.</summary>
public static class LaneRefusals
{
    public static Outcome AsOutcome(this LaneRefusal refusal) => refusal switch
    {
        LaneRefusal.Full => Outcome.NotSent(OutcomeClass.ChannelThrottled, "lane_full", "The channel's queue is full."),
        LaneRefusal.Deadline =>
            Outcome.NotSent(OutcomeClass.ChannelThrottled, "lane_deadline", "The channel did not come free in time."),
        LaneRefusal.BreakerOpen => Outcome.NotSent(OutcomeClass.ChannelUnreachable, "breaker_open", "The channel is failing."),
        LaneRefusal.Isolated =>
            Outcome.NotSent(OutcomeClass.ChannelMaintenance, "isolated", "An operator has isolated the channel."),
        LaneRefusal.Paused =>
            Outcome.NotSent(OutcomeClass.ChannelThrottled, "paused", "The channel asked to be left alone."),
        LaneRefusal.Disabled =>
            Outcome.NotSent(OutcomeClass.ChannelMaintenance, "disabled", "An operator has disabled the channel."),
        LaneRefusal.Excluded => Outcome.NotSent(
            OutcomeClass.ChannelMaintenance, "excluded", "An operator keeps such payments away from the channel."),
        LaneRefusal.NoOwner => Outcome.NotSent(
            OutcomeClass.ChannelUnreachable, "no_owner", "The channel waits for the end of its last owner's calls."),
        LaneRefusal.Stopping => Outcome.NotSent(OutcomeClass.ChannelUnreachable, "stopping", "The node is being stopped."),
        LaneRefusal.Withdrawn =>
            Outcome.NotSent(OutcomeClass.ChannelUnreachable, "withdrawn", "It was taken back before it was sent."),
        LaneRefusal.Draining => Outcome.NotSent(OutcomeClass.ChannelMaintenance, "draining", "The channel is being drained."),
    };
}
