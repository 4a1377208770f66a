namespace RouterCluster.Host.Requests;

/// <summary>What a text may be, and how that is said to who got it wrong.</summary>
internal sealed record TextRule(string Says, Func<string, bool> Fits)
{
    public static TextRule Free(int longest) => new(
        $"must be 1 to {longest} characters, none of them a control character",
        text => text.Length >= 1 && text.Length <= longest && !text.Any(char.IsControl));

    public static TextRule Letters(int least, int most, string alphabet, Func<char, bool> isAllowed) => new(
        $"must be {least} to {most} of {alphabet}",
        text => text.Length >= least && text.Length <= most && text.All(isAllowed));
}
