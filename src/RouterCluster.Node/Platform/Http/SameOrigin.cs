using System.Net;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// Refuses what a browser sends on behalf of another site. Cookies come along with every request, whoever made the browser send
/// it, so a session counts only for requests of our own page: under a name that is ours (or a foreign name could be pointed at
/// the node), and for changes with the page's own header, which other origins cannot set without being asked about first.
/// </summary>
internal sealed class SameOrigin(SessionSettings sessions, NodeSettings node)
{
    public const string Header = "X-Console";

    /// <summary>The header's value in requests that no person has made.</summary>
    public const string ByItself = "0";
    private const string Localhost = "localhost";
    private const string FetchSite = "Sec-Fetch-Site";

    private readonly string _own = new Uri(node.AdminUrl).Host;

    /// <summary>Null when the request comes from our own page.</summary>
    public Refusal? WhyRefused(HttpRequest request)
    {
        if (!IsOurs(request.Host.Host) || !IsFrom(request))
        {
            return Refusals.CrossSite;
        }

        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return isRead || request.Headers.ContainsKey(Header) ? null : Refusals.CrossSite;
    }

    /// <summary>Addresses need no list: a foreign name that leads here stays a name in the request.</summary>
    private bool IsOurs(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out _)
        || host.Equals(Localhost, StringComparison.OrdinalIgnoreCase)
        || host.Equals(_own, StringComparison.OrdinalIgnoreCase)
        || sessions.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private static bool IsFrom(HttpRequest request)
    {
        if (request.Headers[FetchSite] is [{ } site] && site is not ("same-origin" or "none"))
        {
            return false;
        }

        return request.Headers.Origin is not [{ } origin]
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
