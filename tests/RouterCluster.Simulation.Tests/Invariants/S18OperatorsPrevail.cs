using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>
/// What an operator's change has set is in force when the operator is answered, and outlives every owner, until its time is
/// over; what stood before comes back then. A company's announcement is believed for a limited time, and ends when an operator
/// enables the channel.
/// </summary>
/// <remarks>Law 7.3.</remarks>
internal static class S18OperatorsPrevail
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(12);

    public static void Announced(ChannelId channel, MaintenanceAnnounced announced, TimeSpan longest)
    {
        if (announced.Until - announced.At > longest)
        {
            throw Violation($"{channel} is believed to be closed for {announced.Until - announced.At}");
        }
    }

    /// <param name="trueNow">Null: clocks may be off.</param>
    public static void Ended(ChannelId channel, OperatorFacts facts, ChannelAdjusted adjusted, DateTimeOffset? trueNow)
    {
        foreach (var key in OverrideNames.All.Concat(OverrideNames.Switches).Where(key => adjusted.Change.Ended.HasFlag(key)))
        {
            if (!facts.Timed.TryGetValue(key, out var timed))
            {
                throw Violation($"{channel}'s {key} is taken back, and was set for no time");
            }

            if (adjusted.At < timed.End || trueNow < timed.End)
            {
                throw Violation($"{channel}'s {key} is taken back at {adjusted.At:O}, before {timed.End:O}");
            }
        }

        if (adjusted.Change is { By: ChannelChange.Router, Include: { } no }
            && (facts.Excluded[no].End is not { } end || adjusted.At < end || trueNow < end))
        {
            throw Violation($"{channel}'s exclusion {no} is taken back at {adjusted.At:O}, before {facts.Excluded[no].End:O}");
        }

        if (adjusted.Change is { By: ChannelChange.Router, Unplan: { } plan })
        {
            PlanEnded(channel, facts.Planned[plan], adjusted, trueNow);
        }
    }

    private static void PlanEnded(ChannelId channel, PlannedTime planned, ChannelAdjusted adjusted, DateTimeOffset? trueNow)
    {
        if (adjusted.At < planned.Until || trueNow < planned.Until)
        {
            throw Violation($"{channel}'s planned maintenance is over at {adjusted.At:O}, before {planned.Until:O}");
        }
    }

    /// <summary>The operator who wanted it kept away was answered before.</summary>
    public static void CallStarts(ChannelId channel, int no, ExcludedPart part) =>
        throw Violation($"a call starts at {channel}, and exclusion {no} ({part.Scope}) was answered before");

    public static void LifeEnds(ChannelId channel, OperatorFacts facts, DateTimeOffset now)
    {
        foreach (var (no, part) in facts.Excluded)
        {
            if (now - part.End > EndsWithin)
            {
                throw Violation($"{channel}'s exclusion {no} is still in force, and its time was over at {part.End:O}");
            }
        }

        foreach (var (no, planned) in facts.Planned)
        {
            if (now - planned.Until > EndsWithin)
            {
                throw Violation($"{channel}'s planned maintenance {no} is still in the list, and was over at {planned.Until:O}");
            }
        }

        foreach (var (key, timed) in facts.Timed)
        {
            if (now - timed.End > EndsWithin)
            {
                throw Violation($"{channel}'s {key} is still in force, and its time was over at {timed.End:O}");
            }
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
        var excludes = lane == ChannelLane.Query || Scopes(facts).SequenceEqual(configuration.Exclusions);
        if (!isAsWanted || !excludes || configuration.Isolated != isIsolated
            || OperatorFacts.Limits(configuration.Settings) != facts.Of(lane))
        {
            throw Violation(
                $"{channel}'s {lane} lane works by {configuration}, and operators want {intake}, isolated: {isIsolated}, "
                + $"{facts.Of(lane)}");
        }
    }

    /// <param name="since">What operators had decided with this change, and with each one that was stored after it.</param>
    /// <param name="mayBeClosed">The channel has said so after the change.</param>
    public static void Answered(
        ChannelChange change, ChannelReport report, ReadOnlySpan<OperatorFacts> since, bool mayBeClosed, LaneFacts submit,
        LaneFacts query)
    {
        // A lane may have heard of a later change already, and the other one not yet: each has to be as far as this one.
        bool isReported = false, isSubmitInForce = false, isQueryInForce = false;
        foreach (var facts in since)
        {
            isReported |= report.Lifecycle == facts.Lifecycle && report.Weight == facts.Weight
                && Scopes(facts).SequenceEqual(report.Exclusions.Select(one => one.Scope))
                && facts.Planned.OrderBy(one => one.Key).Select(one => one.Value.Plan)
                    .SequenceEqual(report.Planned.Select(one => one.Plan));
            isSubmitInForce |= submit.IsIsolated == facts.IsIsolated
                && OperatorFacts.Limits(submit.Settings) == facts.Of(ChannelLane.Submit);
            isQueryInForce |= OperatorFacts.Limits(query.Settings) == facts.Of(ChannelLane.Query);
        }

        if (!isReported || !isSubmitInForce || !isQueryInForce)
        {
            throw Violation($"{report.Channel}'s operator is answered, and {change} is not in force: {report}");
        }

        if (change.Lifecycle == ChannelLifecycle.Active && !mayBeClosed && report.ClosedUntil is { } until)
        {
            throw Violation($"{report.Channel} is enabled, and still closed until {until}");
        }
    }

    private static IEnumerable<ExclusionScope> Scopes(OperatorFacts facts) =>
        facts.Excluded.OrderBy(part => part.Key).Select(part => part.Value.Scope);

    private static InvariantViolation Violation(string what) => new("S18", null, $"operators prevail: {what}");
}
