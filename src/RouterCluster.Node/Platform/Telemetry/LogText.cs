using System.Text.RegularExpressions;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Platform.Telemetry;

/// <summary>
/// Texts of lines in the log. Nobody logs card data on purpose; texts of exceptions and of other programs may quote it, so
/// numbers that could be an account, an identity or a phone are masked in every line, merchants' own long numbers with them.
/// </summary>
internal static partial class LogText
{
    public const int LongestMessage = 4_000;
    public const int LongestException = 16_000;
    private const string Cut = "… (cut)";
    private const int PhoneDigits = 11;

    public static string Clean(string text, int longest = LongestMessage)
    {
        // Masked before it is cut: a cut number would no longer look like one.
        var masked = text.AsSpan().ContainsAnyInRange('0', '9') ? Numbers().Replace(text, Mask) : text;
        return masked.Length > longest ? string.Concat(masked.AsSpan(0, longest), Cut) : masked;
    }

    /// <summary>The first payment that the text names; null: it names none.</summary>
    public static PaymentId? PaymentIn(string text) =>
        text.Contains("pay_", StringComparison.Ordinal) && Payment().Match(text) is { Success: true } found
            ? PaymentId.Parse(found.Value)
            : null;

    private static string Mask(Match number)
    {
        var (first, last) = number.Length > PhoneDigits ? (6, 4) : (3, 4);
        return string.Concat(
            number.ValueSpan[..first], new string('*', number.Length - first - last), number.ValueSpan[^last..]);
    }

    /// <summary>Accounts of 15 to 19 digits, identities of 18 with a letter X at the end, mobile phones of 11.</summary>
    [GeneratedRegex("(?<![0-9A-Za-z_])(?:[0-9]{14,18}[0-9Xx]|1[3-9][0-9]{9})(?![0-9A-Za-z_])")]
    private static partial Regex Numbers();

    [GeneratedRegex("pay_[0-9a-z]{29}(?![0-9A-Za-z])")]
    private static partial Regex Payment();
}

/// <summary>Stands for an exception in the log, with its text cut and masked.</summary>
internal sealed class LoggedException(Exception cause) : Exception(LogText.Clean(cause.Message))
{
    public override string ToString() => LogText.Clean(cause.ToString(), LogText.LongestException);
}
