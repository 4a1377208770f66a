using System.Text;
using System.Text.Unicode;

namespace RouterCluster.Channels;

/// <summary>
/// Texts of companies with older systems: in GBK, behind a byte order mark, with raw line breaks. Fields that decide about
/// an order are plain ASCII in all these, so lenient decoding decides nothing.
/// </summary>
internal static class LenientText
{
    private const char Unreadable = '\uFFFD';

    /// <summary>GB18030 includes GBK and GB2312. Bytes that are no text in it become U+FFFD.</summary>
    private static readonly Encoding National = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback)!;

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith(Mark) ? body[Mark.Length..] : body;

    public static string Decode(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : National.GetString(text);

    /// <summary>
    /// The inside of a JSON string that the parser cannot decode: it is no UTF-8, or ends within a character.
    /// </summary>
    public static string DecodeJsonString(ReadOnlySpan<byte> inside)
    {
        var raw = Decode(inside);
        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\' || at + 1 == raw.Length)
            {
                text.Append(raw[at]);
                continue;
            }

            at++;
            var isCode = raw[at] == 'u' && at + 4 < raw.Length;
            text.Append(isCode && TryCode(raw.AsSpan(at + 1, 4), out var code) ? code : Unescaped(raw[at]));
            at += isCode ? 4 : 0;
        }

        return text.ToString();
    }

    /// <summary>
    /// Makes invalid bytes in JSON strings valid. In GBK the second byte of a character can be a backslash, and would hide
    /// the quote behind it. Null: there are no invalid bytes.
    /// </summary>
    public static ReadOnlyMemory<byte>? MendJson(ReadOnlyMemory<byte> body)
    {
        var isUtf8 = Utf8.IsValid(body.Span);
        if (isUtf8 && !body.Span.ContainsAnyInRange<byte>(0, 0x1F))
        {
            return null;
        }

        var letters = Decode(body.Span).ToCharArray();
        var isInside = false;
        for (var at = 0; at < letters.Length; at++)
        {
            isInside ^= letters[at] == '"';
            if (isInside && letters[at] == '\\')
            {
                at++;
            }
            else if (isInside && letters[at] < ' ')
            {
                letters[at] = Unreadable;
            }
        }

        return Encoding.UTF8.GetBytes(letters);
    }

    private static bool TryCode(ReadOnlySpan<char> digits, out char code)
    {
        var isCode = ushort.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var value);
        code = (char)value;
        return isCode;
    }

    private static char Unescaped(char escape) => escape switch
    {
        'n' or 'r' or 't' or 'b' or 'f' => ' ',
        _ => escape,
    };
}
