namespace RouterCluster.Node.Platform.Settings;

/// <summary>
/// Finds truncated files: the parser closes open braces and strings by itself and would take half a file for a whole one.
/// </summary>
internal static class HoconBalance
{
    private const string TripleQuote = "\"\"\"";

    /// <summary>Names the first bracket that is open or closed too often, with its line; null when there is none.</summary>
    public static string? FirstFault(string text)
    {
        var open = new Stack<(char Bracket, int At)>();
        foreach (var (at, letter) in Marks(text))
        {
            switch (letter)
            {
                case '"':
                    return $"a string is not closed, line {Line(text, at)}";
                case '{' or '[':
                    open.Push((letter, at));
                    break;
                case '}' or ']':
                    if (!open.TryPop(out var last) || last.Bracket != (letter == '}' ? '{' : '['))
                    {
                        return $"a {letter} closes nothing, line {Line(text, at)}";
                    }

                    break;
            }
        }

        return open.TryPeek(out var left) ? $"ends too early: a {left.Bracket} is not closed, line {Line(text, left.At)}" : null;
    }

    /// <summary>The letters outside blanks, comments and strings. A string without an end is the last mark.</summary>
    public static IEnumerable<(int At, char Letter)> Marks(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"' when EndOfString(text, at) is var end and >= 0:
                    at = end;
                    break;
                case '"':
                    yield return (at, '"');
                    yield break;
                case '#':
                case '/' when at + 1 < text.Length && text[at + 1] == '/':
                    at = EndOfLine(text, at);
                    break;
                case var letter when !char.IsWhiteSpace(letter):
                    yield return (at, letter);
                    break;
            }
        }
    }

    public static int Line(string text, int at) => 1 + text.AsSpan(0, at).Count('\n');

    private static int EndOfString(string text, int start)
    {
        if (string.CompareOrdinal(text, start, TripleQuote, 0, TripleQuote.Length) == 0)
        {
            var end = text.IndexOf(TripleQuote, start + TripleQuote.Length, StringComparison.Ordinal);
            return end < 0 ? -1 : end + TripleQuote.Length - 1;
        }

        for (var at = start + 1; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] == '"')
            {
                return at;
            }

            at += text[at] == '\\' ? 1 : 0;
        }

        return -1;
    }

    private static int EndOfLine(string text, int at)
    {
        var end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end;
    }
}
