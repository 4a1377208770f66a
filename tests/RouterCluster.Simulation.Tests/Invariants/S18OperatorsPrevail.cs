using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>
/// What an operator's change has set is in force when the operator is answered, and outlives every owner. A company's
/// announcement is believed for a limited time, and ends when an operator enables the channel.
/// </summary>
/// <remarks>Law 7.3.</remarks>
internal static class S18OperatorsPrevail
{
    public static void Announced(ChannelId channel, MaintenanceAnnounced announced, TimeSpan longest)
    {
        if (announced.Until - announced.At > longest)
        {
            throw Violation($"{channel} is believed to be closed for {announced.Until - announced.At}");
        }
    }

    public static void Configured(ChannelId channel, ChannelLane lane, OperatorFacts facts, LaneConfiguration configuration)
    {
        var intake = lane == ChannelLane.Query ? Intake.Open : facts.Lifecycle switch
        {
            ChannelLifecycle.Active => Intake.Open,
            ChannelLifecycle.Draining => Intake.Draining,
            _ => Intake.Closed,
        };
        var isIsolated = lane == ChannelLane.Submit && facts.IsIsolated;
        var isAsWanted = configuration.Intake == intake || configuration.Intake == Intake.Waiting;
        if (!isAsWanted || configuration.Isolated != isIsolated
            || OperatorFacts.Limits(configuration.Settings) != facts.Of(lane))
        {
            throw Violation(
                $"{channel}'s {lane} lane works by {configuration}, and operators want {intake}, isolated: {isIsolated}, "
                + $"{facts.Of(lane)}");
        }
    }

    /// <param name="since">What operators had decided with this change, and with each one that was stored after it.</param>
    public static void Answered(
        ChannelChange change, ChannelReport report, ReadOnlySpan<OperatorFacts> since, LaneFacts submit, LaneFacts query)
    {
        // A lane may have heard of a later change already, and the other one not yet: each has to be as far as this one.
        bool isReported = false, isSubmitInForce = false, isQueryInForce = false;
        foreach (var facts in since)
        {
            isReported |= report.Lifecycle == facts.Lifecycle && report.Weight == facts.Weight;
            isSubmitInForce |= submit.IsIsolated == facts.IsIsolated
                && OperatorFacts.Limits(submit.Settings) == facts.Of(ChannelLane.Submit);
            isQueryInForce |= OperatorFacts.Limits(query.Settings) == facts.Of(ChannelLane.Query);
        }

        if (!isReported || !isSubmitInForce || !isQueryInForce)
        {
            throw Violation($"{report.Channel}'s operator is answered, and {change} is not in force: {report}");
        }

        if (change.Lifecycle == ChannelLifecycle.Active && report.ClosedUntil is { } until)
        {
            throw Violation($"{report.Channel} is enabled, and still closed until {until}");
        }
    }

    private static InvariantViolation Violation(string what) => new("S18", null, $"operators prevail: {what}");
}
