using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Simulation.Tests.Law;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>The facts of all lanes, and since when each channel is disabled.</summary>
internal sealed class LaneWatch(Life life)
{
    public static readonly TimeSpan RoutersKnowBy = RoutingLimits.Default.SilentAfter + TimeSpan.FromSeconds(4);

    private readonly Dictionary<(ChannelId, ChannelLane), LaneFacts> _lanes = [];
    private readonly Dictionary<ChannelId, TimeSpan> _disabledSince = [];
    private readonly Dictionary<ChannelId, TimeSpan> _enabledAt = [];

    private TimeSpan Now => life.Time.Now;

    public LaneFacts Of(ChannelId channel, ChannelLane lane) => _lanes[(channel, lane)];

    public void Opens(ChannelId channel, ChannelLane lane, LaneSettings settings, BreakerState breaker)
    {
        if (!_lanes.TryGetValue((channel, lane), out var facts))
        {
            _lanes[(channel, lane)] = facts = new LaneFacts(channel, lane, settings);
        }

        S9Breaker.Enter(facts, breaker, Now);
    }

    public void Configured(ChannelId channel, ChannelLane lane, LaneSettings settings, Intake intake, bool isolated)
    {
        var facts = Of(channel, lane);
        S5Budget.Changes(facts, settings.Concurrency, Now);
        S6Rate.Changes(facts, settings, Now);
        var hasWaited = facts.Intake == Intake.Waiting;
        (facts.Settings, facts.Intake, facts.IsIsolated) = (settings, intake, isolated);
        if (lane == ChannelLane.Submit && intake != Intake.Waiting)
        {
            if (hasWaited)
            {
                _enabledAt[channel] = Now;
            }

            if (intake == Intake.Open)
            {
                if (_disabledSince.Remove(channel))
                {
                    _enabledAt[channel] = Now;
                }
            }
            else
            {
                _disabledSince.TryAdd(channel, Now);
            }
        }
    }

    /// <summary>Whether a channel is, or lately was, what a router says of it.</summary>
    public bool MayBelieve(ChannelId channel, Why why) => why switch
    {
        Why.Disabled => Of(channel, ChannelLane.Submit).Intake == Intake.Waiting || _disabledSince.ContainsKey(channel)
            || IsRecent(_enabledAt.GetValueOrDefault(channel, TimeSpan.MinValue)),
        Why.BreakerOpen => Of(channel, ChannelLane.Submit) is var facts
            && (facts.Breaker is not BreakerState.Closed || facts.IsIsolated || IsRecent(facts.EraSince)),
        _ => true,
    };

    /// <summary>A router may not have heard of it for a moment, but no longer than it trusts a silent channel.</summary>
    public void Chosen(ChannelId channel)
    {
        if (_disabledSince.TryGetValue(channel, out var since) && Now - since > RoutersKnowBy)
        {
            S16UnfitIsNeverPicked.ChosenLongAfterDisabling(channel, Now - since);
        }
    }

    private bool IsRecent(TimeSpan since) => since != TimeSpan.MinValue && Now - since <= RoutersKnowBy;

    public void LifeEnds()
    {
        var fitsAll = new RouteRequest(
            LifeSettings.Merchants[0], Product.Withhold, new Money(1, new Currency("CNY")), "ICBC", ChannelMode.Sandbox, []);
        foreach (var channel in life.Channels)
        {
            foreach (var (lane, report, running) in channel.Owner?.Lanes() ?? [])
            {
                Liveness.L5NoPermitLeaks(channel.Setup.Id, lane, report, running);
            }

            foreach (var node in life.Nodes)
            {
                Liveness.L5NoChoiceLeaks(node, channel.Setup.Id);
            }
        }

        foreach (var node in life.Nodes)
        {
            Liveness.L2ChannelsComeBack(node, fitsAll);
        }
    }
}
