using System.Globalization;
using System.Text;

namespace RouterCluster.Cli.Display;

/// <summary>
/// Prints control characters, which a terminal obeys, and marks of writing direction, which reorder letters, as their
/// code.
/// </summary>
internal static class SafeText
{
    public static string Of(string text)
    {
        if (!text.Any(IsHarmful))
        {
            return text;
        }

        var safe = new StringBuilder();
        foreach (var letter in text)
        {
            _ = IsHarmful(letter) ? safe.Append($"\\u{(int)letter:x4}") : safe.Append(letter);
        }

        return safe.ToString();
    }

    private static bool IsHarmful(char letter) => char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator;
}
