using System.Reflection;

namespace RouterCluster.Tidy.Tests.Unions;

/// <summary>An abstract record and the sealed records that are all it can be.</summary>
public sealed record Union(string Name, IReadOnlySet<string> Cases)
{
    public static IReadOnlyList<Union> In(Assembly assembly)
    {
        var types = assembly.GetTypes();
        return
        [
            .. from type in types
               where type.IsAbstract && IsRecord(type)
               let cases = types.Where(candidate => candidate.IsSealed && type.IsAssignableFrom(candidate)).Select(Simple)
               where cases.Any()
               select new Union(Simple(type), cases.ToHashSet()),
        ];
    }

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance) is not null;

    private static string Simple(Type type) => type.Name.Split('`')[0];
}
