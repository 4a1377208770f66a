using Microsoft.CodeAnalysis;

namespace RouterCluster.Tidy.Tests.Unused;

/// <summary>A member that runs where its type and <paramref name="Reason"/> are used, without being named.</summary>
/// <param name="Reason">The member of a base type or an interface that it stands in for; else its type itself.</param>
internal sealed record StandIn(ISymbol Reason, INamedTypeSymbol Type, ISymbol Member);

internal static class StandIns
{
    public static IEnumerable<StandIn> Of(INamedTypeSymbol type, SerializedTypes serialized, Uses uses)
    {
        foreach (var member in type.GetMembers())
        {
            if (Overridden(member) is { } overridden)
            {
                yield return new StandIn(Uses.Declaration(overridden) ?? type, type, member);
            }

            if (IsCalledByLanguage(member) || IsMiddleware(member) || IsLogger(member) || serialized.Contains(member)
                || (member is IPropertySymbol { IsStatic: false } && uses.Keys.Contains(type)))
            {
                yield return new StandIn(type, type, member);
            }
        }

        foreach (var promised in type.AllInterfaces.SelectMany(port => port.GetMembers()))
        {
            if (type.FindImplementationForInterfaceMember(promised) is { } kept)
            {
                yield return new StandIn(Uses.Declaration(promised) ?? type, type, kept);
            }
        }
    }

    public static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        IEventSymbol @event => @event.OverriddenEvent,
        _ => null,
    };

    /// <summary>Constructors, operators, indexers, and what foreach and deconstruction call.</summary>
    private static bool IsCalledByLanguage(ISymbol member) => member
        is IMethodSymbol
        {
            MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor or MethodKind.Destructor
                or MethodKind.UserDefinedOperator or MethodKind.Conversion,
        }
        or IPropertySymbol { IsIndexer: true }
        or IMethodSymbol { Name: "Deconstruct" or "GetEnumerator" };

    /// <summary>ASP.NET Core finds it by its name.</summary>
    private static bool IsMiddleware(ISymbol member) =>
        member is IMethodSymbol { Name: "InvokeAsync", Parameters: [{ Type.Name: "HttpContext" }, ..] };

    /// <summary>The bodies that a generator gives to log methods write to it.</summary>
    private static bool IsLogger(ISymbol member) => member is IFieldSymbol { Type.Name: "ILogger" }
        && member.ContainingType.GetMembers().SelectMany(other => other.GetAttributes())
            .Any(attribute => attribute.AttributeClass?.Name == "LoggerMessageAttribute");
}
