using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

/// <summary>For what a route was asked.</summary>
internal abstract record PendingRoute
{
    public sealed record ForAccept(AcceptRequest Request) : PendingRoute;

    /// <param name="Plan">By which a "not found" was final; people who send the payment back begin another one.</param>
    public sealed record AfterAttempt(Hearing Hearing, bool NotFoundIsFinal, QueryPlan? Plan) : PendingRoute;

    public sealed record ForHeld(PaymentId Id) : PendingRoute;

    /// <summary>The router was silent for too long; a choice that still comes is given back.</summary>
    public sealed record GivenUp(MerchantId Merchant) : PendingRoute;
}

/// <summary>What waits for the router's word, by the number of the question.</summary>
internal sealed class PendingRoutes
{
    /// <summary>A router that restarted has forgotten what it was asked.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly Dictionary<long, PendingRoute> _byId = [];
    private readonly Queue<(long RouteId, TimeSpan AskedAt)> _byAge = new();
    private long _lastId;

    /// <returns>The number of the question.</returns>
    public long Add(PendingRoute pending, TimeSpan now)
    {
        Put(++_lastId, pending, now);
        return _lastId;
    }

    public PendingRoute? Take(long routeId) => _byId.Remove(routeId, out var pending) ? pending : null;

    /// <summary>
    /// A router that is slow counts its choice as held, so the choice is given back if it comes within a second silence.
    /// </summary>
    public void GiveUp(long routeId, MerchantId merchant, TimeSpan now) =>
        Put(routeId, new PendingRoute.GivenUp(merchant), now);

    /// <summary>The oldest question that the router has left without a word for too long.</summary>
    public (long RouteId, PendingRoute Pending)? TakeSilent(TimeSpan now)
    {
        while (_byAge.TryPeek(out var oldest) && now - oldest.AskedAt >= Silence)
        {
            _byAge.Dequeue();
            if (Take(oldest.RouteId) is { } pending and not PendingRoute.GivenUp)
            {
                return (oldest.RouteId, pending);
            }
        }

        return null;
    }

    public List<(long RouteId, PendingRoute Pending)> Unanswered() =>
        [.. _byId.Where(one => one.Value is not PendingRoute.GivenUp).Select(one => (one.Key, one.Value))];

    private void Put(long routeId, PendingRoute pending, TimeSpan now)
    {
        _byId[routeId] = pending;
        _byAge.Enqueue((routeId, now));
    }
}
