namespace RouterCluster.Domain.Webhooks;

/// <summary>
/// One merchant's webhooks on their way out: pages of due ones and the running calls, never the whole backlog. Endpoints
/// take turns, and one in trouble gets one call at a time, so that its backlog neither uses up its attempts nor delays
/// others. No clock, no I/O, no chance of its own.
/// </summary>
/// <remarks>At least once: a webhook that was sent and not recorded is still due, and is sent again under its old id.</remarks>
public sealed class NotificationLane(NotificationPolicy policy)
{
    private readonly EndpointLines _lines = new(policy);

    private readonly Dictionary<NotificationId, long> _busy = [];

    /// <summary>A page that was asked for before these ended shows them as they were before.</summary>
    private readonly Dictionary<NotificationId, long> _endedWhileReading = [];
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);

    /// <summary>A page that was asked for before these URLs were recorded as gone shows them as usable.</summary>
    private readonly HashSet<string> _goneLately = new(StringComparer.Ordinal);
    private readonly List<NotificationOutput> _outputs = [];
    private List<DeliveryRecord> _ended = [];
    private IReadOnlyList<DeliveryRecord>? _recording;
    private DateTimeOffset? _nextDue;
    private DateTimeOffset _storageFrom = DateTimeOffset.MinValue;

    /// <summary>Where a read that ended with a full page goes on; empty: at the first endpoint.</summary>
    private string _after = "";
    private bool _isReading;
    private bool _mayHaveDue = true;
    private bool _isWantedAgain;
    private bool _isStopping;

    public bool IsIdle => _busy.Count == 0 && _gone.Count == 0 && _recording is null;

    public int InMemory => _lines.Waiting + _busy.Count;

    public DateTimeOffset? NextWake(DateTimeOffset now)
    {
        if (_isStopping && IsIdle)
        {
            return null;
        }

        if (_storageFrom > now && (WantsToRead || HasUnrecorded))
        {
            return _storageFrom;
        }

        return WantsToRead ? null : _nextDue;
    }

    private bool WantsToRead => _mayHaveDue || _after.Length > 0;

    private bool HasUnrecorded => _ended.Count > 0 || _gone.Count > 0;

    public void RowsChanged(DateTimeOffset now)
    {
        _mayHaveDue = true;
        Advance(now);
    }

    public void PageRead(DuePage page, DateTimeOffset now)
    {
        _isReading = false;
        _after = page.Next ?? "";
        _nextDue = page.NextDue < _nextDue ? page.NextDue : _nextDue ?? page.NextDue;
        foreach (var due in page.Due.Where(IsNews))
        {
            if (due.IsHeld)
            {
                Hold(due.Url);
            }
            else if (!_goneLately.Contains(due.Url) && !_isStopping)
            {
                _lines.Add(due);
            }
        }

        foreach (var endpoint in page.More)
        {
            _lines.HasMore(endpoint);
        }

        _endedWhileReading.Clear();
        Advance(now);
    }

    /// <param name="draw">Random, 0 to 1.</param>
    public DeliveryRecord Sent(DueNotification notification, DeliveryOutcome outcome, DateTimeOffset now, double draw)
    {
        _lines.Ended(notification.Url, outcome.IsTrouble);
        var attempts = notification.Attempts + 1;
        var next = policy.NextAttempt(attempts, outcome, now, draw);
        var state = outcome switch
        {
            { IsDelivered: true } => NotificationState.Delivered,
            { IsGone: true } => NotificationState.Held,
            _ => next is null ? NotificationState.Failed : NotificationState.Pending,
        };
        if (outcome.IsGone)
        {
            Hold(notification.Url);
        }

        var dueAt = next ?? now;
        var record = new DeliveryRecord(
            notification.Id, notification.Url, notification.Round, state, attempts, now, dueAt, outcome);
        _ended.Add(record);
        if (state == NotificationState.Pending && !(_nextDue < dueAt))
        {
            _nextDue = dueAt;
        }

        Advance(now);
        return record;
    }

    public void Recorded(DateTimeOffset now)
    {
        foreach (var record in _recording ?? [])
        {
            _busy.Remove(record.Id);
            if (_isReading)
            {
                _endedWhileReading[record.Id] = record.Round;
            }
        }

        _recording = null;
        _mayHaveDue |= _isWantedAgain;
        _isWantedAgain = false;
        Advance(now);
    }

    /// <summary>The table still shows unrecorded webhooks as due, and they are sent again.</summary>
    public void StorageFailed(bool isRead, DateTimeOffset now)
    {
        _storageFrom = now + policy.StoragePause;
        _mayHaveDue = true;
        if (isRead)
        {
            _isReading = false;
            _after = "";
            _endedWhileReading.Clear();
        }
        else
        {
            Recorded(now);
        }
    }

    /// <summary>Running calls finish and are recorded.</summary>
    public void Stop(DateTimeOffset now)
    {
        _isStopping = true;
        _lines.Clear();
        Advance(now);
    }

    public void Advance(DateTimeOffset now)
    {
        if (_nextDue <= now)
        {
            _mayHaveDue = true;
            _nextDue = null;
        }

        SendWaiting();
        if (now >= _storageFrom)
        {
            RecordEnded();
            ReadMore();
        }
    }

    public IReadOnlyList<NotificationOutput> TakeOutputs()
    {
        var taken = _outputs.ToArray();
        _outputs.Clear();
        return taken;
    }

    /// <summary>One write at a time; calls that end meanwhile go out with the next.</summary>
    private void RecordEnded()
    {
        if (_recording is null && HasUnrecorded)
        {
            _recording = _ended;
            _outputs.Add(new NotificationOutput.Record(_ended, [.. _gone]));
            _ended = [];
            _gone.Clear();
        }
    }

    /// <summary>All that could be sent was sent: the rest in memory waits for calls to end.</summary>
    private void ReadMore()
    {
        if (_isReading || _isStopping || !_lines.HasFreeCall || InMemory >= policy.MostInMemory)
        {
            return;
        }

        _mayHaveDue |= _lines.TakeUnread();
        if (!WantsToRead)
        {
            return;
        }

        if (_recording is null && _gone.Count == 0)
        {
            _goneLately.Clear();
        }

        _isReading = true;
        _mayHaveDue &= _after.Length > 0;
        var (endpoints, hosts) = _lines.Unwanted();

        // The page may repeat all webhooks in memory, and must have room for others.
        _outputs.Add(new NotificationOutput.Read(new DueQuery(
            _after, policy.Page + InMemory, policy.MostOfEndpoint + InMemory, endpoints, hosts)));
    }

    private void SendWaiting()
    {
        while (_busy.Count < policy.Page && _lines.Next() is { } due)
        {
            _busy.Add(due.Id, due.Round);
            _outputs.Add(new NotificationOutput.Send(due));
        }
    }

    /// <summary>A webhook is not sent twice at once; an operator's demand for it is kept until it has ended.</summary>
    private bool IsNews(DueNotification due)
    {
        if (_busy.TryGetValue(due.Id, out var round))
        {
            _isWantedAgain |= due.Round > round;
            return false;
        }

        return !_lines.IsWaiting(due.Id)
            && (!_endedWhileReading.TryGetValue(due.Id, out var ended) || due.Round > ended);
    }

    /// <summary>The table holds them from now on; those in memory are dropped.</summary>
    private void Hold(string url)
    {
        _gone.Add(url);
        _goneLately.Add(url);
        _lines.TakeBack(url);
    }
}
