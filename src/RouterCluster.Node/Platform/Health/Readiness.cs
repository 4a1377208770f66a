namespace RouterCluster.Node.Platform.Health;

/// <summary>Something without which the node must not get traffic.</summary>
public interface IReadinessCheck
{
    string Name { get; }

    /// <summary>What is wrong; null when all is well. Called often: answers from memory.</summary>
    string? Problem();

    /// <summary>The same as figures: how many of each kind are not ready.</summary>
    IEnumerable<(string Kind, int Count)> NotReady() => [(Name, Problem() is null ? 0 : 1)];
}

/// <summary>Whether this node takes new payments.</summary>
public sealed class Readiness
{
    private volatile bool _isDraining;

    public bool IsDraining => _isDraining;

    /// <summary>New payments are refused from here on; those under way are answered. There is no way back.</summary>
    public void Drain() => _isDraining = true;
}
