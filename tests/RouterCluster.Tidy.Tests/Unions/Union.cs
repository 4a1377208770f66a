using System.Reflection;

namespace RouterCluster.Tidy.Tests.Unions;

/// <summary>An abstract record and the sealed records that are all it can be.</summary>
/// <param name="Homes">Types that a case may be named through: the union itself and whatever its cases are nested in.</param>
public sealed record Union(string Name, IReadOnlySet<string> Cases, IReadOnlySet<string> Homes)
{
    public static IReadOnlyList<Union> In(Assembly assembly)
    {
        var types = assembly.GetTypes();
        return
        [
            .. from type in types
               where type.IsAbstract && IsRecord(type)
               let cases = types.Where(candidate => candidate.IsSealed && type.IsAssignableFrom(candidate)).ToList()
               where cases.Count > 0
               let homes = cases.Select(@case => @case.DeclaringType).OfType<Type>().Append(type)
               select new Union(Simple(type), cases.Select(Simple).ToHashSet(), homes.Select(Simple).ToHashSet()),
        ];
    }

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance) is not null;

    private static string Simple(Type type) => type.Name.Split('`')[0];
}
