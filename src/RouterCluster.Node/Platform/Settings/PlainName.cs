using System.Globalization;
using System.Text;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>
/// Names of people in the audit trail. Two names that look alike would be two people to the router and one person to
/// readers of the trail, so invisible characters are refused.
/// </summary>
internal static class PlainName
{
    public const string Words = "1-64 letters (accents as part of them), digits, marks, single blanks between, nothing unseen";

    private const int Longest = 64;

    /// <summary>Letters and marks by their category that are drawn as nothing.</summary>
    private const string Invisible = "\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F\u2800\u3164\uFFA0";

    public static bool Parse(string text, out string value)
    {
        value = text;
        return text.Length is > 0 and <= Longest && text == text.Trim() && !text.Contains("  ", StringComparison.Ordinal)
            && text.EnumerateRunes().All(IsVisible);
    }

    private static bool IsVariationOrTag(int code) => code is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF);

    /// <summary>
    /// A combining accent after its letter looks like the letter with accent. The runtime treats both as equal only on
    /// machines with the tables for it, so combining accents are refused.
    /// </summary>
    private static bool IsLooseAccent(int code) => code
        is (>= 0x300 and <= 0x36F) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF)
        or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE20 and <= 0xFE2F);

    private static bool IsVisible(Rune rune)
    {
        if (rune == Rune.ReplacementChar || IsVariationOrTag(rune.Value) || IsLooseAccent(rune.Value))
        {
            return false;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.SpaceSeparator => rune.Value == ' ',
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator => false,
            UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate => false,
            UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
            _ => !rune.IsBmp || !Invisible.Contains((char)rune.Value, StringComparison.Ordinal),
        };
    }
}
