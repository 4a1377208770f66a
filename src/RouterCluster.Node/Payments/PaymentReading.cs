using System.Collections.Frozen;
using System.Text.RegularExpressions;
using RouterCluster.Domain.Channels;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Payments;

/// <summary>Rules of a payment that depend on the merchant and on the configuration.</summary>
/// <param name="MaySign">The merchant has a secret to sign webhooks with.</param>
/// <param name="Bank">See <see cref="BankRule"/>.</param>
internal readonly record struct PaymentReading(bool MaySign, TextRule Bank)
{
    private const int ShortestCode = 2;
    private const int LongestCode = 12;

    /// <summary>
    /// A bank's code is stored in clear beside the sealed account. It is short and begins with a letter, so that it
    /// cannot be an account number; codes of digits are taken if a channel's <c>banks</c> names them.
    /// </summary>
    public static TextRule BankRule(IEnumerable<ChannelTerms> channels)
    {
        var named = channels.SelectMany(terms => terms.Banks).Where(code => code != ChannelTerms.AnyBank)
            .ToFrozenSet(StringComparer.Ordinal);
        return new TextRule(
            $"must be a bank's code: {ShortestCode} to {LongestCode} of A-Z 0-9 that begin with a letter, or one that a channel "
            + "names",
            text => IsCode(text) || named.Contains(text))
        {
            Shape = new TextShape(Pattern: PatternOf(named.Where(code => !IsCode(code)).Order(StringComparer.Ordinal))),
        };
    }

    private static string PatternOf(IEnumerable<string> named) =>
        $"^(?:{string.Join('|', named.Select(Regex.Escape).Prepend($"[A-Z][A-Z0-9]{{{ShortestCode - 1},{LongestCode - 1}}}"))})$";

    private static bool IsCode(string text) => text.Length is >= ShortestCode and <= LongestCode
        && char.IsAsciiLetterUpper(text[0])
        && text.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter));
}
