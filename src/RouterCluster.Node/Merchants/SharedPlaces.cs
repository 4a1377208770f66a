using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Merchants;

/// <summary>
/// Requests of merchants that are worked on, or wait for a payment's end, at once. A merchant that is alone may have nearly
/// all places; the fewer are free, the fewer one merchant may hold (a dynamic threshold, as switches share their buffers by
/// it), so that there is always room for those who hold little. Waiting is no work: where places are short, whoever waits
/// longest at the merchant that holds most is answered with the payment as it is, and its place goes to the newcomer.
/// </summary>
/// <param name="limit">Places. As many again may follow payments that other requests wait for.</param>
/// <param name="isShared">There is more than one merchant.</param>
internal sealed class SharedPlaces(int limit, bool isShared)
{
    /// <summary>A merchant may hold so many times the places that are free: alone, 8 of 9.</summary>
    private const int TimesFree = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<MerchantId, Share> _shares = [];
    private int _taken;
    private int _followers;

    public int Taken
    {
        get
        {
            lock (_lock)
            {
                return _taken;
            }
        }
    }

    /// <summary>Null when there is no room; else <see cref="Leave"/> has to follow.</summary>
    public Place? TryEnter(MerchantId merchant)
    {
        List<Place> cut = [];
        Place? entered = null;
        lock (_lock)
        {
            var share = ShareOf(merchant);
            if (MayTake(share) || TryCutLongestWait(share, cut))
            {
                _taken++;
                share.Held++;
                entered = new Place(share);
            }
        }

        End(cut);
        return entered;
    }

    /// <summary>
    /// The payment is stored and its end is waited for. All who wait for one payment share one place.
    /// </summary>
    /// <returns>Fires when the wait has to end.</returns>
    public CancellationToken BeginWait(Place place, PaymentId id)
    {
        List<Place> cut = [];
        lock (_lock)
        {
            var share = place.Share;
            place.Cut = new CancellationTokenSource();
            if (share.Waits.TryGetValue(id, out var wait))
            {
                GiveUpPlace(share);
                MakeRoomForFollower(cut);
                place.Following = share.Followers.AddLast(place);
                _followers++;
            }
            else
            {
                share.Waits[id] = wait = new Wait(id);
                wait.ByAge = share.WaitsByAge.AddLast(wait);
            }

            place.Wait = wait;
            place.Member = wait.Members.AddLast(place);
        }

        End(cut);
        return place.Cut.Token;
    }

    public void Leave(Place place)
    {
        lock (_lock)
        {
            if (place.Wait is not null)
            {
                LeaveWait(place);
            }
            else if (!place.HasLeft)
            {
                place.HasLeft = true;
                GiveUpPlace(place.Share);
            }
        }
    }

    private static void End(List<Place> cut)
    {
        foreach (var place in cut)
        {
            // Not here: whoever waits goes on with its answer where it is told.
            _ = place.Cut!.CancelAsync();
        }
    }

    private bool MayTake(Share share)
    {
        var free = limit - _taken;
        return free > 0 && (!isShared || share.Held < (long)TimesFree * free);
    }

    /// <summary>Never at the cost of a merchant that holds less than the newcomer's.</summary>
    private bool TryCutLongestWait(Share newcomer, List<Place> cut)
    {
        Share? most = null;
        foreach (var share in _shares.Values)
        {
            if (share.WaitsByAge.Count > 0 && share.Held >= newcomer.Held && (most is null || share.Held > most.Held))
            {
                most = share;
            }
        }

        if (most?.WaitsByAge.First is not { } oldest)
        {
            return false;
        }

        cut.AddRange(oldest.Value.Members);
        cut.ForEach(LeaveWait);
        return true;
    }

    private void MakeRoomForFollower(List<Place> cut)
    {
        if (_followers < limit)
        {
            return;
        }

        var most = _shares.Values.MaxBy(share => share.Followers.Count)!;
        cut.Add(most.Followers.First!.Value);
        LeaveWait(cut[0]);
    }

    private void LeaveWait(Place place)
    {
        var (share, wait) = (place.Share, place.Wait!);
        place.Wait = null;
        place.HasLeft = true;
        wait.Members.Remove(place.Member!);
        if (place.Following is { } following)
        {
            share.Followers.Remove(following);
            place.Following = null;
            _followers--;
        }

        if (wait.Members.Count == 0)
        {
            share.Waits.Remove(wait.Id);
            share.WaitsByAge.Remove(wait.ByAge!);
            GiveUpPlace(share);
        }
    }

    private void GiveUpPlace(Share share)
    {
        _taken--;
        share.Held--;
    }

    private Share ShareOf(MerchantId merchant)
    {
        if (!_shares.TryGetValue(merchant, out var share))
        {
            _shares[merchant] = share = new Share();
        }

        return share;
    }

    /// <summary>One request's place.</summary>
    internal sealed class Place(Share share)
    {
        public Share Share => share;

        /// <summary>Null while the request is worked on, and when it has left.</summary>
        public Wait? Wait { get; set; }

        public LinkedListNode<Place>? Member { get; set; }

        public LinkedListNode<Place>? Following { get; set; }

        public CancellationTokenSource? Cut { get; set; }

        public bool HasLeft { get; set; }
    }

    /// <summary>What one merchant has of the places.</summary>
    internal sealed class Share
    {
        public int Held { get; set; }

        public Dictionary<PaymentId, Wait> Waits { get; } = [];

        public LinkedList<Wait> WaitsByAge { get; } = new();

        /// <summary>Those who wait for a payment that another request waits for, too; the oldest first.</summary>
        public LinkedList<Place> Followers { get; } = new();
    }

    /// <summary>All who wait for one payment. Together they hold one place.</summary>
    internal sealed class Wait(PaymentId id)
    {
        public PaymentId Id => id;

        public LinkedList<Place> Members { get; } = new();

        public LinkedListNode<Wait>? ByAge { get; set; }
    }
}
