namespace RouterCluster.Domain.Webhooks;

internal sealed class EndpointLine(NotificationEndpoint endpoint, int concurrency)
{
    private readonly Queue<DueNotification> _waiting = new();
    private readonly int _concurrency = concurrency;
    private int _window = concurrency;

    public NotificationEndpoint Endpoint => endpoint;

    public int Calls { get; private set; }

    /// <summary>The table has, or may have, more of it than is in memory.</summary>
    public bool HasUnread { get; set; }

    public int Waiting => _waiting.Count;

    public bool IsBlocked => Calls >= _window;

    /// <summary>More of its webhooks in memory would only wait.</summary>
    public bool HasEnough => _waiting.Count >= _window;

    public bool IsWell => _window == _concurrency;

    public bool IsEmpty => Calls == 0 && _waiting.Count == 0 && !HasUnread;

    /// <summary>False: the endpoint is in trouble, and one waits already. The table keeps the others.</summary>
    public bool Add(DueNotification due)
    {
        if (_window == 1 && _waiting.Count > 0)
        {
            HasUnread = true;
            return false;
        }

        _waiting.Enqueue(due);
        return true;
    }

    public DueNotification Start()
    {
        Calls++;
        return _waiting.Dequeue();
    }

    /// <summary>An endpoint in trouble gets one call at a time; each success admits one more.</summary>
    public void End(bool isTrouble)
    {
        Calls--;
        _window = isTrouble ? 1 : Math.Min(_concurrency, _window + 1);
    }

    public IReadOnlyList<DueNotification> TakeBack(string? url)
    {
        var taken = new List<DueNotification>();
        for (var count = _waiting.Count; count > 0; count--)
        {
            var due = _waiting.Dequeue();
            if (url is null || due.Url == url)
            {
                taken.Add(due);
            }
            else
            {
                _waiting.Enqueue(due);
            }
        }

        return taken;
    }
}
