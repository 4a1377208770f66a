namespace RouterCluster.Node.Platform.Settings;

/// <summary>The parser gives its values no positions, so that the line of a key is looked for in the text.</summary>
internal static class HoconLines
{
    /// <summary>
    /// The line in which the key was set last, or else the section around it that has at least so many names in its path; null:
    /// the text has neither.
    /// </summary>
    /// <param name="path">Elements of lists are found with their list.</param>
    public static int? LineOf(string text, string path, int leastNames)
    {
        var lines = Lines(text);
        var whole = path.Split('[')[0];
        for (var key = whole; key == whole || key.Count(letter => letter == '.') >= leastNames - 1; key = Above(key))
        {
            if (lines.TryGetValue(key, out var line))
            {
                return line;
            }
        }

        return null;
    }

    private static string Above(string path) => path.LastIndexOf('.') is var dot and > 0 ? path[..dot] : "";

    private static Dictionary<string, int> Lines(string text)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var above = new Stack<string>();
        above.Push("");
        var inLists = 0;
        var (key, value) = ("", false);
        foreach (var (at, letter, end) in HoconMark.In(text))
        {
            inLists += letter switch { '[' => 1, ']' => -1, _ => 0 };
            switch (letter)
            {
                case '{' when inLists == 0:
                    above.Push(Note(lines, above.Peek(), key, text, at));
                    (key, value) = ("", false);
                    break;
                case '}' when inLists == 0:
                    _ = above.Count > 1 ? above.Pop() : "";
                    (key, value) = ("", false);
                    break;
                case '=' or ':' when inLists == 0 && !value:
                    Note(lines, above.Peek(), key, text, at);
                    value = true;
                    break;
                case '\n' or ',' when inLists == 0:
                    (key, value) = ("", false);
                    break;
                case '"' when !value && inLists == 0 && end > 0:
                    key += text[(at + 1)..(end - 1)];
                    break;
                default:
                    key += value || inLists > 0 ? "" : letter;
                    break;
            }
        }

        return lines;
    }

    private static string Note(Dictionary<string, int> lines, string above, string key, string text, int at)
    {
        var path = above;
        foreach (var part in key.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            path = path.Length == 0 ? part : $"{path}.{part}";
            lines[path] = HoconBalance.Line(text, at);
        }

        return path;
    }
}
