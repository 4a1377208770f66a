namespace RouterCluster.Node.Platform.Http;

internal static class MissingText
{
    private const int LongestName = 64;
    private const int MostKnown = 20;

    /// <param name="known">All names of the kind, where they can be listed.</param>
    public static string Of(string kind, string name, IEnumerable<string>? known)
    {
        var missing = $"There is no {kind} \"{(name.Length > LongestName ? name[..LongestName] + "…" : name)}\"";
        if (known?.Order(StringComparer.Ordinal).ToArray() is not { } all)
        {
            return $"{missing}.";
        }

        if (all.Length == 0)
        {
            return $"{missing}; none is configured.";
        }

        var more = all.Length > MostKnown ? $" and {all.Length - MostKnown} more" : "";
        return $"{missing}; known are {string.Join(", ", all.Take(MostKnown))}{more}.";
    }
}
