using System.Globalization;
using System.Text;
using Spectre.Console;

namespace RouterCluster.Cli.Display;

/// <summary>
/// Breaks text into lines of a width in cells, between words or between letters of double width, which are written
/// without blanks. A word longer than the width stays whole, so that it can be copied from the terminal.
/// </summary>
internal static class WordWrap
{
    private const string More = "…";

    public static IReadOnlyList<string> Of(string text, int width)
    {
        if (text.GetCellWidth() <= width)
        {
            return [text];
        }

        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var piece in Pieces(text))
        {
            if (line.Length > 0 && (line + piece.TrimEnd()).GetCellWidth() > width)
            {
                lines.Add(line.ToString().TrimEnd());
                line.Clear();
            }

            line.Append(piece);
        }

        lines.Add(line.ToString().TrimEnd());
        return lines;
    }

    /// <summary>As many words as fit, and "…" if there are more.</summary>
    public static string Cut(string text, int width)
    {
        if (text.GetCellWidth() <= width)
        {
            return text;
        }

        var kept = new StringBuilder();
        foreach (var piece in Pieces(text))
        {
            if ((kept + piece.TrimEnd() + More).GetCellWidth() > width)
            {
                break;
            }

            kept.Append(piece);
        }

        return kept.ToString().TrimEnd(' ', ',', ';') + More;
    }

    public static int LongestWord(string text) =>
        Pieces(text).Select(piece => piece.TrimEnd().GetCellWidth()).DefaultIfEmpty(0).Max();

    /// <summary>The pieces between which a line may end; blanks belong to the piece before them.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        var piece = new StringBuilder();
        foreach (var letter in Letters(text))
        {
            if (piece.Length > 0 && MayEndBefore(letter, piece))
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(letter);
        }

        if (piece.Length > 0)
        {
            yield return piece.ToString();
        }
    }

    private static bool MayEndBefore(string letter, StringBuilder piece) =>
        letter != " " && (piece[^1] == ' ' || (letter.GetCellWidth() > 1 && piece.ToString().GetCellWidth() > 1));

    private static IEnumerable<string> Letters(string text)
    {
        var letters = StringInfo.GetTextElementEnumerator(text);
        while (letters.MoveNext())
        {
            yield return letters.GetTextElement();
        }
    }
}
