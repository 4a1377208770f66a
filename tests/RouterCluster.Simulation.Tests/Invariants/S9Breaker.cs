using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>
/// An open breaker lets nothing through, a half-open one its probes only. Isolation survives restarts and ends by an
/// operator alone. Calls of an earlier state move nothing.
/// </summary>
/// <remarks>Law 6.6.</remarks>
internal static class S9Breaker
{
    public static void CallStarts(LaneFacts facts)
    {
        if (facts.Breaker is BreakerState.Open or BreakerState.Isolated || facts.IsIsolated)
        {
            throw Violation(facts, $"a call starts, and the breaker is {facts.Breaker}, isolated: {facts.IsIsolated}");
        }

        if (facts.Breaker == BreakerState.HalfOpen && ++facts.Probing > facts.Settings.Breaker.Probes)
        {
            throw Violation(facts, $"{facts.Probing} probes at once, of {facts.Settings.Breaker.Probes}");
        }
    }

    public static void CallEnds(LaneFacts facts, long era, CallVerdict verdict)
    {
        if (era == facts.Era)
        {
            facts.Probing -= facts.Breaker == BreakerState.HalfOpen ? 1 : 0;
            facts.Good += verdict is CallVerdict.Success or CallVerdict.Answered ? 1 : 0;
            facts.Bad += verdict is CallVerdict.Fault ? 1 : 0;
            facts.Refused += verdict is CallVerdict.Refused ? 1 : 0;
        }
    }

    public static void Changes(LaneFacts facts, BreakerState state, TimeSpan now)
    {
        var breaker = facts.Settings.Breaker;

        // A refusal is a fault of the channel, unless it is one part's alone: the lane's judgement, which is tested apart.
        var (mostBad, ended) = (facts.Bad + facts.Refused, facts.Good + facts.Bad + facts.Refused);
        var silence = facts.Settings.Timeout + facts.Settings.Linger + breaker.OpenFor;
        var mayChange = (facts.Breaker, state) switch
        {
            (_, BreakerState.Isolated) => facts.IsIsolated,
            (BreakerState.Isolated, _) => !facts.IsIsolated && state == BreakerState.HalfOpen,
            (BreakerState.Closed, BreakerState.Open) => mostBad > 0 && ended >= breaker.MinimumCalls,
            (BreakerState.HalfOpen, BreakerState.Open) =>
                mostBad > 0 || (facts.Probing > 0 && now - facts.EraSince >= silence),
            (BreakerState.HalfOpen, BreakerState.Closed) => ended >= breaker.Probes
                && (facts.Bad == 0 || facts.Bad < breaker.FailureRatio * (facts.Good + facts.Bad)),
            (BreakerState.Open, BreakerState.HalfOpen) => true,
            _ => false,
        };
        if (!mayChange)
        {
            throw Violation(
                facts,
                $"it went from {facts.Breaker} to {state} after {facts.Good} good, {facts.Bad} bad and {facts.Refused} refused "
                + "calls of its own time");
        }

        Enter(facts, state, now);
    }

    public static void Enter(LaneFacts facts, BreakerState state, TimeSpan now)
    {
        facts.Breaker = state;
        facts.Era++;
        facts.EraSince = now;
        facts.Probing = facts.Good = facts.Bad = facts.Refused = 0;
    }

    private static InvariantViolation Violation(LaneFacts facts, string what) =>
        new("S9", null, $"breaker: {facts.Name}: {what}");
}
