using System.Collections.Immutable;
using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Channels.Messages;

/// <summary>A message to a channel's entity, on whichever node it is.</summary>
public interface IChannelMessage
{
    ChannelId Channel { get; }
}

/// <summary>What a channel tells routers and operators.</summary>
public interface IChannelNews;

/// <summary>A book's message to a lane of a channel, on whichever node it is.</summary>
public interface ILaneMessage;

/// <summary>
/// The sender, a router, asks for the channel's reports. Sent again every few seconds, which also wakes the entity.
/// </summary>
/// <param name="LastChange">Of the <see cref="ChannelHistory"/> that the router has; null: it has none.</param>
public sealed record SubscribeToReports(ChannelId Channel, DateTimeOffset? LastChange) : IChannelMessage;

/// <summary>
/// An operator's change; answered with <see cref="ChannelChangeDone"/> when it is durable, or with
/// <see cref="ChannelChangeRefused"/>.
/// </summary>
public sealed record ChangeChannel(ChannelId Channel, ChannelChange Change) : IChannelMessage;

public sealed record ChannelChangeDone(ChannelReport Report, OperatorChange? Changed) : IChannelNews
{
    public ImmutableArray<ChannelOverride> Overrides { get; init; } = [];

    public ImmutableArray<ChannelOverride> Switches { get; init; } = [];

    public ImmutableArray<ChannelExclusion> Exclusions { get; init; } = [];

    public ImmutableArray<PlannedMaintenance> Planned { get; init; } = [];
}

/// <summary>Nothing was changed.</summary>
public sealed record ChannelChangeRefused(ChangeRefusal Why) : IChannelNews;

/// <summary>An owner that leaves gives its successor the ends of calls that no book has taken yet.</summary>
public sealed record AdoptReports(ChannelId Channel, ImmutableArray<AttemptReport> Reports) : IChannelMessage;

/// <summary>A channel's report to the routers, with the addresses of its lanes.</summary>
public sealed record ChannelReported(ChannelReport Report, IActorRef SubmitLane, IActorRef QueryLane) : IChannelNews;

/// <summary>
/// Sent to routers when an operator has changed the channel, and to a router that has another one. Apart from the reports,
/// of which there are ten a second.
/// </summary>
/// <param name="Changes">The last changes by operators, oldest first.</param>
/// <param name="Overrides">Operators' values that are in force instead of the configured ones.</param>
public sealed record ChannelHistory(
    ChannelId Channel, ImmutableList<OperatorChange> Changes, ImmutableArray<ChannelOverride> Overrides) : IChannelNews
{
    /// <summary>What has taken the channel out of traffic.</summary>
    public ImmutableArray<ChannelOverride> Switches { get; init; } = [];

    public ImmutableArray<ChannelExclusion> Exclusions { get; init; } = [];

    public ImmutableArray<PlannedMaintenance> Planned { get; init; } = [];

    public OperatorChange? Last => Changes.Count > 0 ? Changes[^1] : null;
}

/// <summary>To a submit lane: the order must not leave any more.</summary>
public sealed record WithdrawOrder(string OrderNo) : ILaneMessage;

/// <summary>The book has stored the report, so the lane may forget it.</summary>
public sealed record ReportTaken(PaymentId Payment, int AttemptNo) : ILaneMessage;

/// <summary>
/// A verified and stored notice has told how the order ended. Goes to the submit lane, so that it comes after the order's
/// dispatch, however early the notice was.
/// </summary>
public sealed record OrderHeard(string OrderNo, Product Product, Outcome Outcome) : ILaneMessage;

/// <summary>Finish the running calls, then stop.</summary>
public sealed record StopChannel : INoSerializationVerificationNeeded
{
    public static readonly StopChannel Instance = new();
}
