using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// Turns off leniencies of the web server that <see href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</see> forbids
/// and that proxies read in different ways. <see cref="RequestForm"/> refuses the rest.
/// </summary>
internal static class StrictHttp
{
    private const string NoBareLineFeeds = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    /// <summary>To be called before the server's options are made, which read the switch once.</summary>
    public static void Prepare() => AppContext.SetSwitch(NoBareLineFeeds, true);

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = static name =>
            name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) ? Digits.Only : null;
    }

    /// <summary>
    /// Decodes a length so that it is a number only if every byte is a digit: the server's own parser takes a sign.
    /// </summary>
    private sealed class Digits : ASCIIEncoding
    {
        public static readonly Digits Only = new();
        private const char NoNumber = 'x';

        public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
        {
            if (!bytes.IsEmpty && bytes.Length <= chars.Length && !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                return base.GetChars(bytes, chars);
            }

            chars[0] = NoNumber;
            return 1;
        }
    }
}
