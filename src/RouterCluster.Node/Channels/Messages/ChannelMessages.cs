using System.Collections.Immutable;
using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Channels.Messages;

/// <summary>A message to a channel's entity, on whichever node it is.</summary>
public interface IChannelMessage
{
    ChannelId Channel { get; }
}

/// <summary>A router asks for the channel's reports. Sent again every few seconds, which also wakes the entity.</summary>
public sealed record SubscribeToReports(ChannelId Channel, IActorRef Router) : IChannelMessage;

/// <summary>An operator's change; answered with <see cref="ChannelChangeDone"/> when it is durable.</summary>
public sealed record ChangeChannel(ChannelId Channel, ChannelChange Change) : IChannelMessage;

public sealed record ChannelChangeDone(ChannelReport Report, OperatorChange? Changed)
{
    public ImmutableArray<ChannelOverride> Overrides { get; init; } = [];
}

/// <summary>A channel's report to the routers, with the addresses of its lanes.</summary>
/// <param name="Changes">The last changes by operators, oldest first.</param>
public sealed record ChannelReported(
    ChannelReport Report, ImmutableList<OperatorChange> Changes, IActorRef SubmitLane, IActorRef QueryLane)
{
    public OperatorChange? Changed => Changes.Count > 0 ? Changes[^1] : null;

    /// <summary>Operators' values that are in force instead of the configured ones.</summary>
    public ImmutableArray<ChannelOverride> Overrides { get; init; } = [];
}

/// <summary>To a submit lane: the order must not leave any more.</summary>
public sealed record WithdrawOrder(string OrderNo);

/// <summary>The book has stored the report, so the lane may forget it.</summary>
public sealed record ReportTaken(AttemptReport Report);

/// <summary>
/// A verified and stored notice has told how the order ended. Goes to the submit lane, so that it comes after the order's
/// dispatch, however early the notice was.
/// </summary>
public sealed record OrderHeard(string OrderNo, Product Product, Outcome Outcome);

/// <summary>Finish the running calls, then stop.</summary>
public sealed record StopChannel
{
    public static readonly StopChannel Instance = new();
}
