using System.Collections.Immutable;
using RouterCluster.Domain.Alerts;

namespace RouterCluster.Node.Cases;

/// <summary>The number of open cases at the last count; null before the first.</summary>
public sealed class OpenCases
{
    private volatile ImmutableSortedDictionary<string, long>? _byKind;
    private volatile CaseFigures? _figures;

    public ImmutableSortedDictionary<string, long>? ByKind
    {
        get => _byKind;
        set => _byKind = value;
    }

    /// <summary>For the rules of alerts.</summary>
    public CaseFigures? Figures
    {
        get => _figures;
        set => _figures = value;
    }
}
