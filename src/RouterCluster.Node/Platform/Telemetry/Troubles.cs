using System.Collections.Concurrent;

namespace RouterCluster.Node.Platform.Telemetry;

/// <summary>
/// Current troubles by part of the node, for readiness and so that each is logged when it begins and ends instead of at
/// every retry.
/// </summary>
public sealed class Troubles
{
    private readonly ConcurrentDictionary<string, string> _known = new();

    /// <summary>True when the trouble is new.</summary>
    public bool Begin(string subject, string what) => _known.TryAdd(subject, what);

    /// <summary>True when there was a trouble.</summary>
    public bool End(string subject) => _known.TryRemove(subject, out _);

    public string? Of(string subject) => _known.TryGetValue(subject, out var what) ? what : null;
}
