using Microsoft.CodeAnalysis;

namespace RouterCluster.Tidy.Tests.Unused;

internal enum UseKind
{
    /// <summary>Read, called, constructed or named as a type.</summary>
    Full,

    /// <summary>Assigned alone: nobody learns the value.</summary>
    Written,

    /// <summary>Compared with alone: whether a value is this one.</summary>
    Compared,
}

/// <summary>Which declaration uses which.</summary>
internal sealed class Uses
{
    private readonly Dictionary<ISymbol, HashSet<(ISymbol To, UseKind Kind)>> _from = new(SymbolEqualityComparer.Default);
    private readonly HashSet<(ISymbol To, UseKind Kind)> _fromOutside = [];

    /// <summary>Names that the compiler does not know here, because a generator declares them or what they stand on.</summary>
    public HashSet<string> Unbound { get; } = [];

    /// <summary>Methods that are handed on: whoever calls them decides on their parameters.</summary>
    public HashSet<ISymbol> HandedOn { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Enums that numbers or names are made into.</summary>
    public HashSet<ISymbol> Numbered { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Records that are compared with one another.</summary>
    public HashSet<ISymbol> Keys { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Types whose constructor is called.</summary>
    public HashSet<ISymbol> Made { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Parameters that some caller gives an argument for.</summary>
    public HashSet<ISymbol> Given { get; } = new(SymbolEqualityComparer.Default);

    public IEnumerable<(ISymbol To, UseKind Kind)> FromOutside => _fromOutside;

    public IEnumerable<(ISymbol To, UseKind Kind)> From(ISymbol declaration) => _from.GetValueOrDefault(declaration) ?? [];

    /// <param name="from">Empty for what runs without being named, such as a program's first statements.</param>
    public void Add(IReadOnlyList<ISymbol> from, ISymbol? symbol, UseKind kind)
    {
        if (Declaration(symbol) is not { } to)
        {
            return;
        }

        if (from.Count == 0)
        {
            _fromOutside.Add((to, kind));
        }

        foreach (var user in from)
        {
            if (!_from.TryGetValue(user, out var uses))
            {
                _from.Add(user, uses = []);
            }

            uses.Add((to, kind));
        }
    }

    public void Add(Uses others)
    {
        Unbound.UnionWith(others.Unbound);
        HandedOn.UnionWith(others.HandedOn);
        Numbered.UnionWith(others.Numbered);
        Keys.UnionWith(others.Keys);
        Made.UnionWith(others.Made);
        Given.UnionWith(others.Given);
        _fromOutside.UnionWith(others._fromOutside);
        foreach (var (user, uses) in others._from)
        {
            if (!_from.TryAdd(user, uses))
            {
                _from[user].UnionWith(uses);
            }
        }
    }

    /// <summary>The declaration in our sources that a symbol goes back to; null for others, and for local ones.</summary>
    public static ISymbol? Declaration(ISymbol? symbol) => symbol?.OriginalDefinition switch
    {
        IAliasSymbol alias => Declaration(alias.Target),
        IArrayTypeSymbol array => Declaration(array.ElementType),
        IMethodSymbol { ReducedFrom: { } extension } => Declaration(extension),
        IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction } => null,
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } constructor =>
            Declaration(constructor.ContainingType),
        IMethodSymbol { AssociatedSymbol: { } member } => Declaration(member),
        IMethodSymbol method => InSource(method.PartialDefinitionPart ?? method),
        INamedTypeSymbol { IsTupleType: false } or IPropertySymbol or IEventSymbol => InSource(symbol.OriginalDefinition),
        IFieldSymbol { ContainingType.IsTupleType: false } => InSource(symbol.OriginalDefinition),
        _ => null,
    };

    private static ISymbol? InSource(ISymbol symbol) => symbol.Locations.Any(place => place.IsInSource) ? symbol : null;
}
