using System.Globalization;
using System.Text;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Channels;

/// <summary>Short, on one line, and without the account that some channels repeat.</summary>
internal static class OutcomeText
{
    private const int MaxMessage = 200;
    private const int MaxCode = 24;
    private const string Hidden = "***";

    /// <summary>Phone numbers have 11 digits, accounts and identity numbers more.</summary>
    private const int PrivateDigits = 11;

    /// <summary>Stands for a code that is too long or too odd to repeat.</summary>
    private const string UnprintableCode = "unprintable_code";

    public static string? Message(string? text, AccountDetails? account)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var clean = HideDigits(HideDetails(OnOneLine(text), account));
        return clean.Length <= MaxMessage ? clean : Cut(clean);
    }

    /// <summary>Cleans a code that no table lists: only short words of letters and digits are repeated.</summary>
    public static string Code(string code) =>
        code.Length is > 0 and <= MaxCode && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            && code.Count(char.IsAsciiDigit) < PrivateDigits
            ? code
            : UnprintableCode;

    public static string? Reference(string? reference, AccountDetails? account) =>
        reference is not null && account is not null && reference.Contains(account.Number, StringComparison.Ordinal) ? null : reference;

    private static string OnOneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            {
                line.Append(rune.ToString());
            }
        }

        return line.ToString();
    }

    private static string HideDetails(string text, AccountDetails? account)
    {
        foreach (var detail in (ReadOnlySpan<string?>)[account?.Number, account?.IdNo, account?.Phone, account?.Holder])
        {
            text = detail is { Length: >= 2 } ? text.Replace(detail, Hidden, StringComparison.OrdinalIgnoreCase) : text;
        }

        return text;
    }

    /// <summary>Hides long numbers, also where they are written in groups.</summary>
    private static string HideDigits(string text)
    {
        var letters = text.ToCharArray();
        for (var start = 0; start < letters.Length; start++)
        {
            if (!char.IsDigit(letters[start]))
            {
                continue;
            }

            var end = EndOfNumber(letters, start, out var digits);
            if (digits >= PrivateDigits)
            {
                letters.AsSpan(start, end - start).Fill('*');
            }

            start = end;
        }

        return new string(letters);
    }

    private static int EndOfNumber(ReadOnlySpan<char> text, int start, out int digits)
    {
        digits = 0;
        var end = start;
        for (var at = start; at < text.Length; at++)
        {
            if (char.IsDigit(text[at]))
            {
                digits++;
                end = at + 1;
            }
            else if (at > end || text[at] is not (' ' or '-' or '.'))
            {
                break;
            }
        }

        return end;
    }

    private static string Cut(string text) => text[..(char.IsHighSurrogate(text[MaxMessage - 1]) ? MaxMessage - 1 : MaxMessage)];
}
