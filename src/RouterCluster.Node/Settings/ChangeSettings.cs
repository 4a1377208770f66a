namespace RouterCluster.Node.Settings;

/// <summary>Changes of the configuration while nodes run.</summary>
/// <param name="Poll">How often a node looks for a newer version in the database.</param>
/// <param name="LeaveAfter">How long a removed channel stays at least, so that every node has stopped giving it orders.</param>
public sealed record ChangeSettings(TimeSpan Poll, TimeSpan LeaveAfter);
