namespace RouterCluster.Domain.Routing;

/// <summary>The same in every process, unlike <c>string.GetHashCode</c>.</summary>
public static class StableHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(string text, ulong seed = 0) => Mix(Add(Offset ^ (seed * 0x9E3779B97F4A7C15), text));

    public static ulong Of(string first, string second) => Mix(Add(Add(Add(Offset, first), "\n"), second));

    private static ulong Add(ulong hash, string text)
    {
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * Prime;
        }

        return hash;
    }

    private static ulong Mix(ulong hash)
    {
        // Only mixing carries the last letters to the upper bits.
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
