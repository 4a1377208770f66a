namespace RouterCluster.Domain.Alerts;

public enum AnnouncementKind
{
    Raised = 1,
    Resolved = 2,
}

/// <summary>One message to people.</summary>
public sealed record Announcement(AnnouncementKind Kind, Alert Alert);

/// <summary>
/// Which alerts people are told of: each once when it begins, and once when it is over. A consequence is not announced while
/// its cause is active, nor a muted alert while it is muted.
/// </summary>
public sealed class AlertAnnouncements
{
    /// <summary>What may be a consequence waits so long, because its cause may take longer to be found.</summary>
    private static readonly TimeSpan WaitForCause = TimeSpan.FromSeconds(4);

    private readonly Dictionary<string, DateTimeOffset> _firstSeen = [];
    private readonly HashSet<string> _announced = [];

    public bool IsAnnounced(string id) => _announced.Contains(id);

    /// <summary>After a start or a fail-over, with the ids of active alerts that people know.</summary>
    public void Recover(IEnumerable<string> announced) => _announced.UnionWith(announced);

    /// <param name="changes">Of the same look.</param>
    public IReadOnlyList<Announcement> Look(
        IReadOnlyCollection<Alert> active, IReadOnlyList<AlertChange> changes, DateTimeOffset now)
    {
        var made = new List<Announcement>();
        foreach (var resolved in changes.Where(change => change.Kind == AlertChangeKind.Resolved).Select(change => change.Alert))
        {
            _firstSeen.Remove(resolved.Id);
            if (_announced.Remove(resolved.Id) && !resolved.IsMuted(now))
            {
                made.Add(new Announcement(AnnouncementKind.Resolved, resolved));
            }
        }

        foreach (var alert in active.Where(alert => !_announced.Contains(alert.Id) && IsDue(alert, now)))
        {
            _announced.Add(alert.Id);
            made.Add(new Announcement(AnnouncementKind.Raised, alert));
        }

        return made;
    }

    private bool IsDue(Alert alert, DateTimeOffset now)
    {
        var firstSeen = _firstSeen.TryAdd(alert.Id, now) ? now : _firstSeen[alert.Id];
        var mayHaveCause = AlertCauses.MayExplain(alert.Rule);
        return alert.CausedBy is null && !alert.IsMuted(now) && (!mayHaveCause || now - firstSeen >= WaitForCause);
    }
}
