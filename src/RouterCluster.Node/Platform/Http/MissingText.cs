namespace RouterCluster.Node.Platform.Http;

/// <summary>The sentence to an operator who asks for something that does not exist.</summary>
internal static class MissingText
{
    private const int LongestName = 64;
    private const int MostKnown = 20;

    /// <param name="known">What there is of the kind, where that can be listed.</param>
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
