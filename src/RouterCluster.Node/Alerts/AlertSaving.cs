using System.Collections.Immutable;
using RouterCluster.Domain.Alerts;
using RouterCluster.Node.Alerts.Delivery;

namespace RouterCluster.Node.Alerts;

/// <summary>One write of alerts and messages.</summary>
/// <param name="Rows">Messages to be stored.</param>
/// <param name="News">Changed alerts that targets do not know yet.</param>
/// <param name="Messages">Messages that robots' actors do not have yet.</param>
internal sealed record AlertBatch(
    ImmutableArray<VersionedAlert> Alerts, ImmutableArray<RobotMessage> Rows, ImmutableArray<Alert> News,
    ImmutableArray<RobotMessage> Messages)
{
    public bool HasNews => News.Length + Messages.Length > 0;
}

/// <summary>
/// What is still to be stored, one write at a time. What a write fails to store is stored by the next one, and delivered only
/// once.
/// </summary>
/// <param name="version">Versions of rows grow from here.</param>
internal sealed class AlertSaving(long version)
{
    private readonly Dictionary<string, Alert> _alerts = [];
    private readonly Dictionary<string, Alert> _refreshed = [];
    private readonly Dictionary<string, RobotMessage> _rows = [];
    private readonly List<Alert> _news = [];
    private readonly List<RobotMessage> _messages = [];
    private long _version = version;
    private bool _isBusy;
    private TimeSpan _notBefore;

    public void Add(IReadOnlyList<Alert> changed, IReadOnlyList<RobotMessage> messages)
    {
        foreach (var alert in changed)
        {
            _alerts[alert.Id] = alert;
        }

        foreach (var message in messages)
        {
            _rows[message.Id] = message;
        }

        _news.AddRange(changed);
        _messages.AddRange(messages);
    }

    /// <summary>Alerts whose figures have moved since they were stored.</summary>
    public void Refresh(IEnumerable<Alert> active)
    {
        foreach (var alert in active.Where(alert => _refreshed.GetValueOrDefault(alert.Id)?.Message != alert.Message))
        {
            _alerts.TryAdd(alert.Id, alert);
        }
    }

    /// <summary>Null: there is nothing to store, or it is not the time.</summary>
    public AlertBatch? Begin(Func<string, bool> isAnnounced, TimeSpan now)
    {
        if (_isBusy || _alerts.Count + _rows.Count == 0 || (now < _notBefore && _news.Count + _messages.Count == 0))
        {
            return null;
        }

        _isBusy = true;
        var batch = new AlertBatch(
            [.. _alerts.Values.Select(alert => new VersionedAlert(alert, isAnnounced(alert.Id), ++_version))],
            [.. _rows.Values], [.. _news], [.. _messages]);
        _alerts.Clear();
        _rows.Clear();
        _news.Clear();
        _messages.Clear();
        return batch;
    }

    public void End(AlertBatch batch, bool isStored, TimeSpan retryAt)
    {
        _isBusy = false;
        foreach (var (alert, _, _) in batch.Alerts)
        {
            if (!isStored)
            {
                _alerts.TryAdd(alert.Id, alert);
            }
            else if (alert.ResolvedAt is null)
            {
                _refreshed[alert.Id] = alert;
            }
            else
            {
                _refreshed.Remove(alert.Id);
            }
        }

        if (!isStored)
        {
            _notBefore = retryAt;
            foreach (var message in batch.Rows)
            {
                _rows.TryAdd(message.Id, message);
            }
        }
    }

    /// <summary>Messages that have arrived need no row any more.</summary>
    public void Sent(IEnumerable<string> messages)
    {
        foreach (var id in messages)
        {
            _rows.Remove(id);
        }
    }
}
