namespace RouterCluster.Node.Platform.Settings;

/// <summary>
/// A letter of HOCON text outside comments and strings, a line's end among them, or a string as a whole, whose letter is a
/// quotation mark.
/// </summary>
/// <param name="End">Behind it; -1: the string is not closed, and the text ends with it.</param>
internal readonly record struct HoconMark(int At, char Letter, int End)
{
    private const string TripleQuote = "\"\"\"";

    /// <summary>Blanks that do not end a line are left out.</summary>
    public static IEnumerable<HoconMark> In(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"':
                    var end = EndOfString(text, at);
                    yield return new HoconMark(at, '"', end);
                    if (end < 0)
                    {
                        yield break;
                    }

                    at = end - 1;
                    break;
                case '#':
                case '/' when at + 1 < text.Length && text[at + 1] == '/':
                    at = EndOfLine(text, at) - 1;
                    break;
                case var letter when letter == '\n' || !char.IsWhiteSpace(letter):
                    yield return new HoconMark(at, letter, at + 1);
                    break;
            }
        }
    }

    private static int EndOfString(string text, int start)
    {
        if (string.CompareOrdinal(text, start, TripleQuote, 0, TripleQuote.Length) == 0)
        {
            var end = text.IndexOf(TripleQuote, start + TripleQuote.Length, StringComparison.Ordinal);
            return end < 0 ? -1 : end + TripleQuote.Length;
        }

        for (var at = start + 1; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] == '"')
            {
                return at + 1;
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
