namespace RouterCluster.Domain.Alerts;

public enum AlertChangeKind
{
    Raised,
    Resolved,

    /// <summary>Its figures, its cause or its mute.</summary>
    Changed,
}

public sealed record AlertChange(AlertChangeKind Kind, Alert Alert);

/// <summary>
/// The alerts of one installation: a finding that lasts begins one, and it ends when its subject has been well for a while.
/// Equal findings are one alert.
/// </summary>
/// <param name="clearAfter">How long a subject must be well, so that an alert that flickers is one alert.</param>
public sealed class AlertList(IReadOnlyList<IAlertRule> rules, TimeSpan clearAfter)
{
    private readonly Dictionary<AlertKey, DateTimeOffset> _pending = [];
    private readonly Dictionary<AlertKey, Active> _active = [];
    private readonly List<AlertChange> _changes = [];

    public IReadOnlyCollection<Alert> Alerts => [.. _active.Values.Select(active => active.Alert)];

    /// <summary>After a start or a fail-over, with alerts that were active.</summary>
    public void Recover(IEnumerable<Alert> stored)
    {
        foreach (var alert in stored)
        {
            _active[alert.Key] = new Active(alert, null);
        }
    }

    /// <summary>What has changed since the last look, in the order in which people should hear of it.</summary>
    public IReadOnlyList<AlertChange> Look(AlertFigures figures)
    {
        _changes.Clear();
        var findings = Findings(figures);
        foreach (var (key, finding) in findings)
        {
            Found(key, finding, figures.At);
        }

        EndPending(findings);
        if (figures.AreComplete)
        {
            ResolveOthers(findings, figures.At);
        }

        Explain(figures.Lines);
        return [.. _changes];
    }

    /// <summary>Null: no such alert is active.</summary>
    public Alert? Mute(string id, AlertMute? mute)
    {
        var found = _active.Values.FirstOrDefault(active => active.Alert.Id == id);
        if (found is null)
        {
            return null;
        }

        var muted = found.Alert with { Mute = mute };
        _active[muted.Key] = found with { Alert = muted };
        return muted;
    }

    private Dictionary<AlertKey, (Finding Finding, TimeSpan Lasting)> Findings(AlertFigures figures)
    {
        var findings = new Dictionary<AlertKey, (Finding, TimeSpan)>();
        foreach (var rule in rules)
        {
            foreach (var finding in rule.Look(figures))
            {
                findings.TryAdd(finding.Key, (finding, rule.Lasting));
            }
        }

        return findings;
    }

    private void Found(AlertKey key, (Finding Finding, TimeSpan Lasting) found, DateTimeOffset at)
    {
        if (_active.TryGetValue(key, out var active))
        {
            Update(key, active, found.Finding);
        }
        else if (found.Finding.State == FindingState.Bad)
        {
            var since = _pending.TryAdd(key, at) ? at : _pending[key];
            if (at - since >= found.Lasting)
            {
                Raise(found.Finding, since);
            }
        }
    }

    /// <summary>A figure that only moves is no change: people are told of it when they look.</summary>
    private void Update(AlertKey key, Active active, Finding finding)
    {
        var alert = finding.State == FindingState.Unclear ? active.Alert : active.Alert with
        {
            Value = finding.Value, Threshold = finding.Threshold, Message = finding.Message,
        };
        _active[key] = new Active(alert, null);
    }

    private void Raise(Finding finding, DateTimeOffset since)
    {
        _pending.Remove(finding.Key);
        var alert = new Alert(finding.Key, since, finding.Value, finding.Threshold, finding.Message);
        _active[alert.Key] = new Active(alert, null);
        _changes.Add(new AlertChange(AlertChangeKind.Raised, alert));
    }

    private void EndPending(Dictionary<AlertKey, (Finding Finding, TimeSpan Lasting)> findings)
    {
        foreach (var key in _pending.Keys.Where(key => !findings.ContainsKey(key)).ToList())
        {
            _pending.Remove(key);
        }
    }

    private void ResolveOthers(Dictionary<AlertKey, (Finding Finding, TimeSpan Lasting)> findings, DateTimeOffset at)
    {
        foreach (var (key, active) in _active.Where(active => !findings.ContainsKey(active.Key)).ToList())
        {
            var wellSince = active.WellSince ?? at;
            if (at - wellSince < clearAfter)
            {
                _active[key] = active with { WellSince = wellSince };
                continue;
            }

            _active.Remove(key);
            _changes.Add(new AlertChange(AlertChangeKind.Resolved, active.Alert with { ResolvedAt = at }));
        }
    }

    /// <summary>The cause of a cause is the cause: people look at the beginning of a chain.</summary>
    private void Explain(IReadOnlyList<LineFigures> lines)
    {
        var all = Alerts;
        foreach (var (key, active) in _active.ToList())
        {
            var cause = AlertCauses.Of(active.Alert, all, lines);
            while (cause is not null && AlertCauses.Of(cause, all, lines) is { } deeper)
            {
                cause = deeper;
            }

            if (cause?.Id != active.Alert.CausedBy)
            {
                var explained = active.Alert with { CausedBy = cause?.Id };
                _active[key] = active with { Alert = explained };
                Changed(explained);
            }
        }
    }

    private void Changed(Alert alert)
    {
        var raised = _changes.FindIndex(change => change.Alert.Key == alert.Key);
        if (raised >= 0)
        {
            _changes[raised] = _changes[raised] with { Alert = alert };
        }
        else
        {
            _changes.Add(new AlertChange(AlertChangeKind.Changed, alert));
        }
    }

    /// <param name="WellSince">Null while it is in trouble.</param>
    private sealed record Active(Alert Alert, DateTimeOffset? WellSince);
}
