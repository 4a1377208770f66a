using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>A node's router: the production table, fed with the channels' reports.</summary>
internal sealed class SimulatedRouter(Life life, Node node, Chance chance)
{
    private static readonly TimeSpan LookAtCalendarEvery = TimeSpan.FromSeconds(1);

    private readonly RoutingTable _table = new(
        [.. life.Settings.Channels.Select(channel => channel.Routed)], RouteRules.Of(new SuccessRate()), RoutingLimits.Default);

    private readonly MaintenanceCalendar _calendar = new(ImmutableDictionary<ChannelId, ImmutableArray<MaintenanceWindow>>.Empty);
    private TimeSpan? _maintainedAt;

    /// <summary>Null: the router says nothing, and has counted nothing.</summary>
    public RouteDecision? Choose(RouteRequest request)
    {
        if (life.Faults.Strike(FaultKind.RouterSilent, chance, 0.01))
        {
            return null;
        }

        var decision = _table.Choose(request, chance.Draw(), node.Monotonic);
        life.Observer.Chosen(node, request, decision);
        return decision;
    }

    public void Settle(ChannelId channel, MerchantId merchant) => _table.Settle(channel, merchant, node.Monotonic);

    public void Fold(ChannelReport report)
    {
        if (node.IsUp && node.Router == this)
        {
            _table.Fold(report, node.Monotonic);
            if (_calendar.Hear(report) || node.Monotonic - _maintainedAt >= LookAtCalendarEvery)
            {
                Maintain();
            }
        }
    }

    public ChannelStanding Standing(ChannelId channel) => _table.Standing(channel, node.Monotonic);

    /// <summary>For looking at the router at the end of a life: the choice is given back.</summary>
    public RouteDecision Peek(RouteRequest request)
    {
        var decision = _table.Choose(request, 0, node.Monotonic);
        if (decision is RouteDecision.Chosen chosen)
        {
            _table.Settle(chosen.Channel, request.Merchant, node.Monotonic);
        }

        return decision;
    }

    private void Maintain()
    {
        var (utc, monotonic) = node.Now;
        _maintainedAt = monotonic;
        _table.Maintain(_calendar.At(utc), utc, monotonic);
    }
}
