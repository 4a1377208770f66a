using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

internal abstract record PendingRoute(MerchantId Merchant)
{
    public sealed record ForAccept(AcceptRequest Request) : PendingRoute(Request.Content.Merchant);

    /// <param name="Plan">By which a "not found" was final; people who send the payment back begin another one.</param>
    public sealed record AfterAttempt(BookEntry Entry, ReceivedReport Received, bool NotFoundIsFinal, QueryPlan? Plan)
        : PendingRoute(Entry.Payment.Content.Merchant);

    public sealed record ForHeld(BookEntry Entry) : PendingRoute(Entry.Payment.Content.Merchant);

    public sealed record GivenUp(MerchantId Merchant) : PendingRoute(Merchant);
}

/// <summary>The open questions to the router, and the places it counts for its choices: each is given back once.</summary>
internal sealed class PendingRoutes(CommitQueue commits, BookClock clock)
{
    /// <summary>A router that restarted has forgotten earlier questions, so a question is given up after this.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly Dictionary<long, PendingRoute> _byId = [];
    private readonly Queue<(long RouteId, TimeSpan AskedAt)> _byAge = new();
    private long _lastId;

    public bool IsClosed { get; private set; }

    public void Ask(PendingRoute pending, PaymentContent content, IEnumerable<ChannelId> tried)
    {
        var request = content.ToRouteRequest(tried);
        Put(++_lastId, pending);
        commits.AtOnce(new BookEffect.ChooseRoute(_lastId, request));
    }

    public PendingRoute? Take(long routeId) => _byId.Remove(routeId, out var pending) ? pending : null;

    /// <summary>A slow router may still choose and count a place: a choice that comes later is given back.</summary>
    public void GiveUp(long routeId, PendingRoute pending) => Put(routeId, new PendingRoute.GivenUp(pending.Merchant));

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

    public List<(long RouteId, PendingRoute Pending)> Close()
    {
        IsClosed = true;
        return [.. _byId.Where(one => one.Value is not PendingRoute.GivenUp).Select(one => (one.Key, one.Value))];
    }

    public void Release(BookEntry entry, ChannelId channel)
    {
        if (entry.Order != OrderPlace.Released)
        {
            entry.Order = OrderPlace.Released;
            Release(entry.Payment.Content.Merchant, channel);
        }
    }

    public void Release(MerchantId merchant, ChannelId channel) =>
        commits.AtOnce(new BookEffect.RouteSettled(channel, merchant));

    private void Put(long routeId, PendingRoute pending)
    {
        _byId[routeId] = pending;
        _byAge.Enqueue((routeId, clock.Now.Monotonic));
    }
}
