namespace RouterCluster.Host.Requests;

/// <summary>What a text may be, and how that is said to who got it wrong.</summary>
internal sealed record TextRule(string Says, Func<string, bool> Fits)
{
    public static TextRule Free(int longest) => new(
        $"must be 1 to {longest} characters, none of them a control character",
        text => text.Length >= 1 && IsAtMost(text, longest) && !text.Any(char.IsControl));

    /// <summary>In characters as people count them: one beyond the 16-bit ones is one, though it takes two units.</summary>
    public static bool IsAtMost(string text, int longest) =>
        text.Length <= longest || (text.Length <= 2 * longest && text.EnumerateRunes().Count() <= longest);

    public static TextRule Letters(int least, int most, string alphabet, Func<char, bool> isAllowed) => new(
        $"must be {least} to {most} of {alphabet}",
        text => text.Length >= least && text.Length <= most && text.All(isAllowed));
}
