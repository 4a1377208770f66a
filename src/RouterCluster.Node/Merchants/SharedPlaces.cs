using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Merchants;

/// <summary>
/// Limits the concurrent requests of all merchants, those that wait for a payment's end included. The fewer places are
/// free, the fewer one merchant may hold (a dynamic threshold, as in switches with shared buffers), so that small
/// merchants always find room. Where places are short, the longest wait of the merchant that holds most is answered with
/// the payment as it is, and its place goes to the newcomer.
/// </summary>
/// <param name="limit">Places; as many requests more may join the wait for a payment that another request waits for.</param>
/// <param name="isShared">There is more than one merchant.</param>
internal sealed class SharedPlaces(int limit, Func<bool> isShared)
{
    /// <summary>A merchant may hold so many times the free places: alone, 8 of 9.</summary>
    private const int TimesFree = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<MerchantId, Share> _shares = [];
    private int _taken;
    private int _followers;

    public SharedPlaces(int limit, bool isShared)
        : this(limit, () => isShared)
    {
    }

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

    /// <summary>Null when there is no room; otherwise <see cref="Leave"/> must follow.</summary>
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
    /// The payment is stored and the request waits for its end. All who wait for one payment share one place.
    /// </summary>
    /// <returns>Fires when the wait must end.</returns>
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
            // Asynchronously, so that the ended request continues on a thread of its own.
            _ = place.Cut!.CancelAsync();
        }
    }

    private bool MayTake(Share share)
    {
        var free = limit - _taken;
        return free > 0 && (!isShared() || share.Held < (long)TimesFree * free);
    }

    /// <summary>Never at the expense of a merchant that holds less than the newcomer's.</summary>
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

    internal sealed class Place(Share share)
    {
        public Share Share => share;

        /// <summary>Null while the request is worked on, and after it has left.</summary>
        public Wait? Wait { get; set; }

        public LinkedListNode<Place>? Member { get; set; }

        public LinkedListNode<Place>? Following { get; set; }

        public CancellationTokenSource? Cut { get; set; }

        public bool HasLeft { get; set; }
    }

    internal sealed class Share
    {
        public int Held { get; set; }

        public Dictionary<PaymentId, Wait> Waits { get; } = [];

        public LinkedList<Wait> WaitsByAge { get; } = new();

        /// <summary>Requests that joined the wait for another request's payment, the oldest first.</summary>
        public LinkedList<Place> Followers { get; } = new();
    }

    /// <summary>The requests that wait for one payment; together they hold one place.</summary>
    internal sealed class Wait(PaymentId id)
    {
        public PaymentId Id => id;

        public LinkedList<Place> Members { get; } = new();

        public LinkedListNode<Wait>? ByAge { get; set; }
    }
}
