using System.Collections.Immutable;

namespace RouterCluster.Node.Cases;

/// <summary>How many cases wait for people, as it was last looked; null before that.</summary>
public sealed class OpenCases
{
    private volatile ImmutableSortedDictionary<string, long>? _byKind;

    public ImmutableSortedDictionary<string, long>? ByKind
    {
        get => _byKind;
        set => _byKind = value;
    }
}
