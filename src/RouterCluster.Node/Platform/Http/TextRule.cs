namespace RouterCluster.Node.Platform.Http;

/// <summary>A rule for a text, with the message for texts that break it.</summary>
internal sealed record TextRule(string Says, Func<string, bool> Fits)
{
    public static readonly TextRule Id = Slug("letters, digits, - and _");

    private const string NoControlCharacter = @"[^\u0000-\u001f\u007f-\u009f]";

    /// <summary><see cref="Fits"/> in the terms of the API's description.</summary>
    public TextShape Shape { get; init; } = TextShape.Any;

    /// <summary>Names the exact fault of a text where <see cref="Says"/> alone would leave the client guessing.</summary>
    public Func<string, string?> Names { get; init; } = static _ => null;

    public static TextRule Free(int longest, int least = 1) => new(
        $"must be {least} to {longest} characters, none of them a control character",
        text => text.Length >= least && IsAtMost(text, longest) && !text.Any(char.IsControl))
    {
        Shape = new TextShape(least, longest, $"^{NoControlCharacter}*$"),
        Names = NameOfControl,
    };

    public static TextRule Letters(int least, int most, string alphabet, string letters, Func<char, bool> isAllowed) => new(
        $"must be {least} to {most} of {alphabet}",
        text => text.Length >= least && text.Length <= most && text.All(isAllowed))
    {
        Shape = new TextShape(least, most, $"^[{letters}]*$"),
    };

    /// <summary>For names that appear in URLs, logs and file names.</summary>
    public static TextRule Slug(string alphabet) => Letters(
        1, 64, alphabet, "A-Za-z0-9_-", letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    public static TextRule OneOf(string says, IReadOnlyList<string> words, Func<string, bool> isKnown) =>
        new(says, isKnown) { Shape = new TextShape(Words: words) };

    public static TextRule OneOf(IReadOnlyList<string> words) =>
        OneOf($"must be one of {string.Join(", ", words)}", words, words.Contains);

    /// <summary>Counts characters as people do: one beyond the 16-bit range is one, though it takes two units.</summary>
    public static bool IsAtMost(string text, int longest) =>
        text.Length <= longest || (text.Length <= 2 * longest && text.EnumerateRunes().Count() <= longest);

    public string WhyNot(string text) => Names(text) ?? Says;

    /// <summary>People paste line breaks and tabs without seeing them, so these are named.</summary>
    public static string? NameOfControl(string text) => text.FirstOrDefault(char.IsControl) switch
    {
        '\n' or '\r' or '\u0085' => "contains a line break",
        '\t' => "contains a tab",
        _ => text.Any(char.IsControl) ? "contains a control character" : null,
    };
}

/// <summary>A text's rule in JSON Schema: lengths count characters, not 16-bit units.</summary>
internal sealed record TextShape(
    int? Least = null, int? Most = null, string? Pattern = null, IReadOnlyList<string>? Words = null, string? Format = null)
{
    public static readonly TextShape Any = new();
}
