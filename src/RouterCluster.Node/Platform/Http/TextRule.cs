namespace RouterCluster.Node.Platform.Http;

/// <summary>What a text may be, and how that is said to who got it wrong.</summary>
internal sealed record TextRule(string Says, Func<string, bool> Fits)
{
    /// <summary>The id of a channel or a merchant.</summary>
    public static readonly TextRule Id = Slug("letters, digits, - and _");

    private const string NoControlCharacter = @"[^\u0000-\u001f\u007f-\u009f]";

    /// <summary>The same as <see cref="Fits"/>, for the description of the API.</summary>
    public TextShape Shape { get; init; } = TextShape.Any;

    /// <summary>Names what is wrong with a text, where <see cref="Says"/> would leave that to be guessed.</summary>
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

    /// <summary>Names that configurations and merchants give: short, and the same in a URL, a log and a file's name.</summary>
    public static TextRule Slug(string alphabet) => Letters(
        1, 64, alphabet, "A-Za-z0-9_-", letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    public static TextRule OneOf(string says, IReadOnlyList<string> words, Func<string, bool> isKnown) =>
        new(says, isKnown) { Shape = new TextShape(Words: words) };

    /// <summary>In characters as people count them: one beyond the 16-bit ones is one, though it takes two units.</summary>
    public static bool IsAtMost(string text, int longest) =>
        text.Length <= longest || (text.Length <= 2 * longest && text.EnumerateRunes().Count() <= longest);

    public string WhyNot(string text) => Names(text) ?? Says;

    /// <summary>Line breaks and tabs are what people paste without seeing it, so they are called by their names.</summary>
    public static string? NameOfControl(string text) => text.FirstOrDefault(char.IsControl) switch
    {
        '\n' or '\r' or '\u0085' => "contains a line break",
        '\t' => "contains a tab",
        _ => text.Any(char.IsControl) ? "contains a control character" : null,
    };
}

/// <summary>A text's rule as JSON Schema can say it: lengths count characters, not 16-bit units.</summary>
internal sealed record TextShape(
    int? Least = null, int? Most = null, string? Pattern = null, IReadOnlyList<string>? Words = null, string? Format = null)
{
    public static readonly TextShape Any = new();
}
