using System.Collections.Concurrent;

namespace RouterCluster.Node.Platform.Telemetry;

/// <summary>
/// What is wrong with which part of the node, for readiness, and so that a trouble is logged when it begins and when it ends
/// instead of once for each try.
/// </summary>
public sealed class Troubles
{
    private readonly ConcurrentDictionary<string, string> _known = new();

    /// <summary>True: it is new.</summary>
    public bool Begin(string subject, string what) => _known.TryAdd(subject, what);

    /// <summary>True: there was one.</summary>
    public bool End(string subject) => _known.TryRemove(subject, out _);

    /// <summary>Null: nothing is known to be wrong.</summary>
    public string? Of(string subject) => _known.TryGetValue(subject, out var what) ? what : null;
}
