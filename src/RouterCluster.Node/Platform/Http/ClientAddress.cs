using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// The client's address. <c>X-Forwarded-For</c> counts only as far as trusted proxies wrote it: read from the right, the
/// first address that is not theirs is the client; anybody may have invented the rest.
/// </summary>
internal sealed class ClientAddress(ImmutableArray<IPNetwork> trustedProxies)
{
    private const string ForwardedFor = "X-Forwarded-For";

    /// <summary>Null when a trusted proxy sent an unreadable address, or the connection has none.</summary>
    public IPAddress? Of(HttpContext context)
    {
        var address = Plain(context.Connection.RemoteIpAddress);
        if (address is null || !IsTrusted(address))
        {
            return address;
        }

        var hops = string.Join(',', (IEnumerable<string?>)context.Request.Headers[ForwardedFor])
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var at = hops.Length - 1; at >= 0 && address is not null && IsTrusted(address); at--)
        {
            address = Plain(Read(hops[at]));
        }

        return address;
    }

    /// <summary>
    /// An address as proxies write it, with or without port. The platform's parser also takes 2130706433, 0x7f.1 and
    /// 127.1, which no proxy writes.
    /// </summary>
    private static IPAddress? Read(string hop)
    {
        var text = hop.AsSpan();
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']');
            return end > 0 && IsNothingOrPort(text[(end + 1)..]) ? ReadV6(text[1..end]) : null;
        }

        var colon = text.IndexOf(':');
        if (colon >= 0 && text[(colon + 1)..].Contains(':'))
        {
            return ReadV6(text);
        }

        return colon >= 0 && !IsNothingOrPort(text[colon..]) ? null : ReadV4(colon >= 0 ? text[..colon] : text);
    }

    private static bool IsNothingOrPort(ReadOnlySpan<char> text) => text.IsEmpty
        || (text[0] == ':' && ushort.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static IPAddress? ReadV6(ReadOnlySpan<char> text) =>
        !text.Contains('%') && IPAddress.TryParse(text, out var address)
        && address.AddressFamily == AddressFamily.InterNetworkV6 ? address : null;

    /// <summary>Four decimal numbers, which only such a text equals after parsing and printing.</summary>
    private static IPAddress? ReadV4(ReadOnlySpan<char> text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork
        && text.SequenceEqual(address.ToString()) ? address : null;

    private bool IsTrusted(IPAddress address) => trustedProxies.Any(network => network.Contains(address));

    private static IPAddress? Plain(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
