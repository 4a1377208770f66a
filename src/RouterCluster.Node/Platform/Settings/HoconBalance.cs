namespace RouterCluster.Node.Platform.Settings;

/// <summary>
/// Finds truncated files: the parser closes open braces and strings by itself and would take half a file for a whole one.
/// </summary>
internal static class HoconBalance
{
    /// <summary>Names the first bracket that is open or closed too often, with its line; null when there is none.</summary>
    public static string? FirstFault(string text)
    {
        var open = new Stack<(char Bracket, int At)>();
        foreach (var (at, letter, end) in HoconMark.In(text))
        {
            switch (letter)
            {
                case '"' when end < 0:
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

    public static int Line(string text, int at) => 1 + text.AsSpan(0, at).Count('\n');
}
