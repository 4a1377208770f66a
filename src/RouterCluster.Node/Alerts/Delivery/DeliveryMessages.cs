using System.Collections.Immutable;
using Akka.Actor;
using RouterCluster.Domain.Alerts;

namespace RouterCluster.Node.Alerts.Delivery;

/// <summary>To an Alertmanager's actor: the alerts in force, without muted ones.</summary>
/// <param name="Resolved">Since the last message.</param>
/// <param name="IsNews">False: only figures have changed, which the next heartbeat tells.</param>
internal sealed record ShowAlerts(ImmutableArray<Alert> Active, ImmutableArray<Alert> Resolved, bool IsNews)
    : INoSerializationVerificationNeeded;

/// <summary>To a robot's actor.</summary>
internal sealed record TellRobot(ImmutableArray<RobotMessage> Messages) : INoSerializationVerificationNeeded;

/// <summary>From a target's actor after each delivery.</summary>
/// <param name="Fault">Null: the target has taken it.</param>
/// <param name="Messages">Ids of messages that are done with.</param>
internal sealed record TargetAnswered(string Target, string? Fault, ImmutableArray<string> Messages)
    : INoSerializationVerificationNeeded;
