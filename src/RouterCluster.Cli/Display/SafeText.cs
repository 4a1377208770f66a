using System.Globalization;
using System.Text;

namespace RouterCluster.Cli.Display;

/// <summary>
/// Makes text of the node harmless: a terminal obeys control characters, and marks of writing direction show
/// another order of letters than there is. Both are printed as their code.
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
