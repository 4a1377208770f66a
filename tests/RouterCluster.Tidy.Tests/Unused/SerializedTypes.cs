using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RouterCluster.Tidy.Tests.Unused;

/// <summary>The types whose properties a serializer reads and writes, as their contexts list them.</summary>
internal sealed class SerializedTypes
{
    private readonly HashSet<ISymbol> _types = new(SymbolEqualityComparer.Default);

    public SerializedTypes(IEnumerable<CSharpCompilation> compiled)
    {
        var listed =
            from compilation in compiled
            from type in Types(compilation.Assembly.GlobalNamespace)
            from attribute in type.GetAttributes()
            where attribute.AttributeClass?.Name == "JsonSerializableAttribute"
            select attribute.ConstructorArguments[0].Value as ITypeSymbol;
        foreach (var type in listed)
        {
            Add(type);
        }
    }

    public bool Contains(ISymbol symbol) =>
        _types.Contains(symbol)
        || (symbol is IPropertySymbol { IsStatic: false } && _types.Contains(symbol.ContainingType.OriginalDefinition));

    private void Add(ITypeSymbol? type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                Add(array.ElementType);
                break;
            case INamedTypeSymbol named:
                foreach (var argument in named.TypeArguments)
                {
                    Add(argument);
                }

                if (named.OriginalDefinition.Locations.Any(place => place.IsInSource) && _types.Add(named.OriginalDefinition))
                {
                    foreach (var property in named.GetMembers().OfType<IPropertySymbol>())
                    {
                        Add(property.Type);
                    }
                }

                break;
        }
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Types));
}
