using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>What has to come true once faults have stopped.</summary>
internal static class Liveness
{
    /// <summary>Every payment ends, or is with people who can see why.</summary>
    public static void L1EveryPaymentEnds(PaymentFacts facts)
    {
        if (!facts.IsFinal && !(facts.State == PaymentState.Suspended && facts.Cases > 0))
        {
            throw new InvariantViolation(
                "L1", facts.Id, $"every payment ends: {facts.Id} is still {facts.State}, with {facts.Cases} cases");
        }
    }

    /// <summary>A channel that is well again is a candidate again, at every router.</summary>
    public static void L2ChannelsComeBack(Node node, RouteRequest fitsAll)
    {
        var reasons = node.Router.Peek(fitsAll) switch
        {
            RouteDecision.Chosen chosen => chosen.Reasons,
            RouteDecision.NoneNow none => none.Reasons,
            RouteDecision.NoneEver never => never.Reasons,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (reasons.Excluded is [var left, ..])
        {
            throw new InvariantViolation(
                "L2", null, $"channels come back: node {node.Number} still leaves out {left.Channel}: {left.Reason}");
        }
    }

    /// <summary>A permit is out only while a call runs.</summary>
    public static void L5NoPermitLeaks(ChannelId channel, ChannelLane lane, LaneReport report, int running)
    {
        if (report.InFlight != running)
        {
            throw new InvariantViolation(
                "L5", null,
                $"no permit leaks: {channel}'s {lane} lane has {report.InFlight} permits out, and {running} calls run");
        }
    }

    /// <summary>The same of the router's count of what lanes hold.</summary>
    public static void L5NoChoiceLeaks(Node node, ChannelId channel)
    {
        if (node.Router.Standing(channel).Outstanding is var held && held != 0)
        {
            throw new InvariantViolation(
                "L5", null,
                $"no choice leaks: the router of node {node.Number} counts {held} orders at {channel}, and none is there");
        }
    }
}
