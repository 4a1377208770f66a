using System.Collections.Immutable;

namespace RouterCluster.Node.Cases;

/// <summary>The number of open cases at the last count; null before the first.</summary>
public sealed class OpenCases
{
    private volatile ImmutableSortedDictionary<string, long>? _byKind;

    public ImmutableSortedDictionary<string, long>? ByKind
    {
        get => _byKind;
        set => _byKind = value;
    }
}
