using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Channels;

public abstract record ChannelEffect
{
    private ChannelEffect()
    {
    }

    /// <summary>Write the event. It is in force already: traffic does not wait for the write.</summary>
    public sealed record Store(ChannelEvent Event) : ChannelEffect;

    /// <summary>Write the event before the channel takes in anything else, then hand it to <c>Channel.Stored</c>.</summary>
    /// <param name="Asker">Null: nobody waits for an answer.</param>
    public sealed record StoreFirst(ChannelAdjusted Event, object? Asker) : ChannelEffect;

    public sealed record Configure(LaneConfiguration Submit, LaneConfiguration Query) : ChannelEffect;

    public sealed record ReportToRouters(ChannelReport Report) : ChannelEffect;

    public sealed record AnswerOperator(object Asker, ChannelReport Report) : ChannelEffect;

    public sealed record RefuseOperator(object Asker, ChangeRefusal Why) : ChannelEffect;

    /// <param name="Throttle">Null: it accepts all of them again.</param>
    public sealed record ThrottleTurned(ThrottleReport? Throttle) : ChannelEffect;
}
