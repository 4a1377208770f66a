namespace RouterCluster.Domain.Alerts;

public enum FindingState
{
    /// <summary>The subject is in trouble.</summary>
    Bad,

    /// <summary>Too little is known: an alert that is active stays, and none begins.</summary>
    Unclear,
}

/// <summary>A rule's answer about one subject. A subject without a finding is well.</summary>
public sealed record Finding(AlertKey Key, FindingState State, double Value, double Threshold, string Message)
{
    public static Finding Bad(AlertRule rule, AlertSubject subject, double value, double threshold, FormattableString message) =>
        new(new AlertKey(rule, subject), FindingState.Bad, value, threshold, FormattableString.Invariant(message));

    public static Finding Unclear(AlertRule rule, AlertSubject subject) =>
        new(new AlertKey(rule, subject), FindingState.Unclear, 0, 0, "");
}

/// <summary>A rule decides from figures alone and remembers nothing.</summary>
public interface IAlertRule
{
    AlertRule Rule { get; }

    /// <summary>How long a finding must last before it is an alert.</summary>
    TimeSpan Lasting { get; }

    IEnumerable<Finding> Look(AlertFigures figures);
}
