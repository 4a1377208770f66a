namespace RouterCluster.Domain.Webhooks;

/// <summary>
/// Endpoints take turns. Each has its own share of calls and each host a quarter of all, so that neither an endpoint nor a
/// host that hangs keeps the others waiting.
/// </summary>
internal sealed class EndpointLines(NotificationPolicy policy)
{
    private readonly Dictionary<string, EndpointLine> _lines = new(StringComparer.Ordinal);
    private readonly Queue<EndpointLine> _turns = new();
    private readonly HashSet<EndpointLine> _inTurn = [];
    private readonly Dictionary<string, int> _callsOfHost = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadHosts = new(StringComparer.Ordinal);
    private readonly HashSet<NotificationId> _waiting = [];

    public int Calls { get; private set; }

    public int Waiting => _waiting.Count;

    public bool HasFreeCall => Calls < policy.MostCalls;

    public bool IsWaiting(NotificationId id) => _waiting.Contains(id);

    /// <summary>Left out of a read, since nothing of theirs could be sent now.</summary>
    public (IReadOnlyCollection<string> Endpoints, IReadOnlyCollection<string> Hosts) Unwanted()
    {
        var endpoints = new List<string>();
        foreach (var line in _lines.Values)
        {
            if (line.HasEnough)
            {
                line.HasUnread = true;
                endpoints.Add(line.Endpoint.Key);
            }
        }

        string[] hosts = [.. _callsOfHost.Where(host => host.Value >= policy.MostCallsOfHost).Select(host => host.Key)];
        _unreadHosts.UnionWith(hosts);
        return (endpoints, hosts);
    }

    public void Add(DueNotification due)
    {
        var line = LineOf(due.Url);
        if (line.Add(due))
        {
            _waiting.Add(due.Id);
            if (_inTurn.Add(line))
            {
                _turns.Enqueue(line);
            }
        }
    }

    public void HasMore(string endpoint) => LineOf(endpoint).HasUnread = true;

    public DueNotification? Next()
    {
        for (var looked = _turns.Count; looked > 0 && HasFreeCall; looked--)
        {
            var line = _turns.Dequeue();
            var host = line.Endpoint.Host;
            DueNotification? due = null;
            if (line.Waiting > 0 && !line.IsBlocked && _callsOfHost.GetValueOrDefault(host) < policy.MostCallsOfHost)
            {
                due = line.Start();
                _waiting.Remove(due.Id);
                _callsOfHost[host] = _callsOfHost.GetValueOrDefault(host) + 1;
                Calls++;
            }

            if (line.Waiting > 0)
            {
                _turns.Enqueue(line);
            }
            else
            {
                _inTurn.Remove(line);
            }

            if (due is not null)
            {
                return due;
            }
        }

        return null;
    }

    public void Ended(string url, bool isTrouble)
    {
        var line = LineOf(url);
        var host = line.Endpoint.Host;
        Calls--;
        if (--_callsOfHost[host] == 0)
        {
            _callsOfHost.Remove(host);
        }

        line.End(isTrouble);
        if (isTrouble)
        {
            // The table keeps them; an endpoint in trouble must not fill the memory that others need.
            Let(line.TakeBack(null), line);
        }

        ForgetIfIdle(line);
    }

    public void TakeBack(string url)
    {
        if (_lines.TryGetValue(NotificationEndpoint.Of(url).Key, out var line))
        {
            Let(line.TakeBack(url), null);
        }
    }

    public void Clear()
    {
        foreach (var line in _lines.Values)
        {
            Let(line.TakeBack(null), null);
        }
    }

    /// <summary>Whether something that was left in the table could be sent now; a second call says no.</summary>
    public bool TakeUnread()
    {
        var isWanted = _unreadHosts.RemoveWhere(
            host => _callsOfHost.GetValueOrDefault(host) < policy.MostCallsOfHost) > 0;
        foreach (var line in _lines.Values)
        {
            if (line is { HasUnread: true, HasEnough: false })
            {
                line.HasUnread = false;
                isWanted = true;
                ForgetIfIdle(line);
            }
        }

        return isWanted;
    }

    private void Let(IReadOnlyList<DueNotification> taken, EndpointLine? unread)
    {
        foreach (var due in taken)
        {
            _waiting.Remove(due.Id);
        }

        if (unread is not null)
        {
            unread.HasUnread |= taken.Count > 0;
        }
    }

    private EndpointLine LineOf(string url)
    {
        var endpoint = NotificationEndpoint.Of(url);
        if (!_lines.TryGetValue(endpoint.Key, out var line))
        {
            _lines[endpoint.Key] = line = new EndpointLine(endpoint, policy.Concurrency);
        }

        return line;
    }

    /// <summary>Trouble is remembered while there is room for it.</summary>
    private void ForgetIfIdle(EndpointLine line)
    {
        if (line.IsEmpty && (line.IsWell || _lines.Count > policy.MostInMemory))
        {
            _lines.Remove(line.Endpoint.Key);
        }
    }
}
