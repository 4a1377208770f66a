using CsCheck;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

public sealed class ChoiceTests
{
    private static readonly ChannelId[] Ids = [Alpha, Bravo, Charlie];

    private static readonly Gen<ChannelReport> Reports = Gen.Select(
        OneOf(Ids), OneOf(Enum.GetValues<ChannelLifecycle>()), OneOf(Enum.GetValues<BreakerState>()),
        Gen.Int[0, 3], Gen.Int[0, 20], OneOf(Success, Fault, TimedOut, Declined).Array[0, 20]).Select(
        (id, lifecycle, breaker, permits, queue, signals) => Report(
            id, lane: IdleLane with { Breaker = breaker, ProbePermits = permits, Queue = queue }, signals: signals)
            with { Lifecycle = lifecycle });

    [Fact]
    public void An_ineligible_or_tried_channel_is_never_chosen() =>
        Gen.Select(Reports.Array[1, 12], OneOf(Ids).HashSet[0, 3], Gen.Double[0, 0.999]).Sample((reports, tried, draw) =>
        {
            var table = Table(Ids);
            foreach (var (report, sequence) in reports.Select((report, i) => (report, i + 1)))
            {
                table.Fold(report with { Sequence = sequence }, At(sequence));
            }

            var now = reports.Length + 2;
            var decision = table.Choose(Request with { Tried = [.. tried] }, draw, At(now));

            var last = Ids.ToDictionary(id => id, id => reports.LastOrDefault(report => report.Channel == id));
            var age = Ids.ToDictionary(id => id, id => now - 1 - Array.FindLastIndex(reports, report => report.Channel == id));
            var eligible = Ids.Where(id => !tried.Contains(id) && age[id] <= 5 && Takes(last[id])).ToHashSet();
            Assert.Equal(eligible.Count > 0, decision is RouteDecision.Chosen);
            Assert.True(decision is not RouteDecision.Chosen chosen || eligible.Contains(chosen.Channel));
            Assert.Equal(tried.Count == Ids.Length, decision is RouteDecision.NoneEver);
            Assert.Equal(Ids.Length - eligible.Count, decision.Excluded().Length);
        });

    [Fact]
    public void The_same_inputs_give_the_same_decisions() =>
        Gen.Select(Reports, Gen.Double[0, 0.999]).Array[1, 50].Sample(steps =>
            Assert.Equal(Replay(steps), Replay(steps)));

    [Fact]
    public void A_failing_bank_moves_its_own_payments_and_not_the_other_banks()
    {
        var table = Ready(Alpha, Bravo);
        table.Fold(Report(Bravo, 2, signals: Enumerable.Range(0, 200).Select(i => i % 8 == 0 ? Fault : Success)), At(1));
        table.Fold(
            Report(Alpha, 2, signals: Enumerable.Range(0, 200).Select(i => i % 4 == 0 ? Fault with { Bank = "ABC" } : Success)),
            At(1));

        Assert.InRange(table.ShareOf(Alpha, 1, Request with { Bank = "ABC" }), 0, 0.05);
        Assert.InRange(table.ShareOf(Alpha, 1), 0.9, 1);
    }

    [Fact]
    public void Beyond_the_segment_limit_a_bank_shares_its_products_knowledge()
    {
        var limits = RoutingLimits.Default with { Segments = 1 };
        var table = new RoutingTable([Channel(Alpha), Channel(Bravo)], RouteRules.Of(new SuccessRate()), limits);
        table.Fold(Report(Bravo), At(0));
        table.Fold(Report(Alpha, signals: [Success, .. Enumerable.Repeat(Fault with { Bank = "ABC" }, 40)]), At(0));

        Assert.InRange(table.ShareOf(Alpha, 0, Request with { Bank = "CCB" }), 0, 0.05);
        Assert.InRange(table.ShareOf(Alpha, 0, Request with { Bank = "ABC" }), 0, 0.05);
    }

    [Fact]
    public void Timeouts_drive_traffic_away_as_faults_do() =>
        Assert.InRange(Taught(Alpha, i => i < 120 ? Success : TimedOut).ShareOf(Alpha, at: 1), 0, 0.05);

    [Fact]
    public void Half_the_payments_failing_everywhere_drives_nobody_away()
    {
        var table = Ready(Alpha, Bravo);
        for (var step = 0; step < 40; step++)
        {
            SubmitSignal[] half = [.. Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? Success : Fault)];
            table.Fold(Report(Alpha, 2 + step, signals: half), At(step * 0.1));
            table.Fold(Report(Bravo, 2 + step, signals: half), At(step * 0.1));
        }

        Assert.InRange(table.ShareOf(Alpha, at: 4), 0.1, 0.9);
    }

    /// <summary>The channel has told of two hundred ends, and the other ones are known to be good.</summary>
    private static RoutingTable Taught(ChannelId channel, Func<int, SubmitSignal> end)
    {
        var table = Ready(Alpha, Bravo);
        table.Fold(Report(Bravo, 2, signals: Enumerable.Repeat(Success, 200)), At(1));
        table.Fold(Report(channel, 2, signals: Enumerable.Range(0, 200).Select(end)), At(1));
        return table;
    }

    private static bool Takes(ChannelReport? report) => report is { Lifecycle: ChannelLifecycle.Active, Submit: var lane }
        && (lane.Breaker is BreakerState.Closed || (lane.Breaker is BreakerState.HalfOpen && lane.ProbePermits > 0))

        // A merchant with nothing outstanding has its turn even when others fill the lane.
        && lane.Queue < 2 * (lane.Budget + lane.QueueLimit);

    private static List<string> Replay((ChannelReport Report, double Draw)[] steps)
    {
        var table = Table(Ids);
        var decisions = new List<string>();
        foreach (var ((report, draw), i) in steps.Select((step, i) => (step, i)))
        {
            table.Fold(report with { Sequence = i + 1 }, At(i * 0.1));
            var decision = table.Choose(Request, draw, At(i * 0.1));
            decisions.Add(decision is RouteDecision.Chosen chosen
                ? $"{chosen.Channel} {string.Join(' ', chosen.Reasons.Candidates)} {string.Join(' ', chosen.Reasons.Excluded)}"
                : string.Join(' ', decision.Excluded()));
        }

        return decisions;
    }
}
