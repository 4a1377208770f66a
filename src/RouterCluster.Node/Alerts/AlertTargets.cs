using System.Collections.Immutable;
using Akka.Actor;
using RouterCluster.Domain.Alerts;
using RouterCluster.Node.Alerts.Delivery;

namespace RouterCluster.Node.Alerts;

/// <summary>The actors that deliver alerts, one for each target, and since when each target has failed.</summary>
internal sealed class AlertTargets
{
    private readonly AlertSettings _settings;
    private readonly IReadOnlyList<IActorRef> _alertmanagers;
    private readonly IReadOnlyDictionary<string, IActorRef> _robots;
    private readonly Dictionary<string, (TimeSpan Since, string Fault)> _failing = [];

    public AlertTargets(AlertContext context, IActorRefFactory factory)
    {
        _settings = context.Settings;
        _alertmanagers = [.. _settings.Alertmanagers.Select(url => factory.ActorOf(AlertmanagerActor.Props(
            AlertmanagerTarget.Of(url, _settings, context.Environment), context.Clock)))];
        _robots = _settings.Robots.ToDictionary(robot => robot.Name, robot => factory.ActorOf(RobotActor.Props(
            robot.Name, Robots.Of(robot, _settings, context.Environment), context.Clock)));
    }

    public ImmutableArray<TargetFigures> Figures(TimeSpan now) =>
        [.. _failing.Select(target => new TargetFigures(target.Key, now - target.Value.Since, target.Value.Fault))];

    public IEnumerable<RobotMessage> MessagesOf(Announcement announcement, DateTimeOffset at) => _settings.Robots
        .Where(robot => robot.Severities.Contains(announcement.Alert.Rule.Severity()))
        .Select(robot => new RobotMessage(robot.Name, announcement, at));

    public void Show(IReadOnlyCollection<Alert> active, ImmutableArray<Alert> resolved, bool isNews, DateTimeOffset now)
    {
        var shown = new ShowAlerts([.. active.Where(alert => !alert.IsMuted(now))], resolved, isNews);
        foreach (var alertmanager in _alertmanagers)
        {
            alertmanager.Tell(shown);
        }
    }

    /// <summary>Messages to robots that are no longer configured are left out.</summary>
    public void Tell(ImmutableArray<RobotMessage> messages)
    {
        foreach (var robot in messages.GroupBy(message => message.Robot).Where(robot => _robots.ContainsKey(robot.Key)))
        {
            _robots[robot.Key].Tell(new TellRobot([.. robot]));
        }
    }

    /// <summary>True when the target has begun to fail.</summary>
    public bool Answered(TargetAnswered answered, TimeSpan now)
    {
        if (answered.Fault is not { } fault)
        {
            _failing.Remove(answered.Target);
            return false;
        }

        var isNew = !_failing.TryGetValue(answered.Target, out var before);
        _failing[answered.Target] = (isNew ? now : before.Since, fault);
        return isNew;
    }
}
