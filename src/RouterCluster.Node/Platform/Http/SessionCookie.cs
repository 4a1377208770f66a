namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// The cookie of a session: out of reach for scripts, sent along by pages of the same site alone, to the operators' API alone.
/// Browsers share cookies between the ports of a host, so its name has the port that the browser asked for: two installations
/// on one machine are two sign-ins, and nodes behind one balancer are one.
/// </summary>
internal static class SessionCookie
{
    private const string Path = "/admin/v1";

    /// <summary>Null when the request has none that could be one of ours.</summary>
    public static string? Of(HttpContext context) =>
        context.Request.Cookies[NameOf(context)] is { Length: SessionTickets.Letters } ticket ? ticket : null;

    public static void Set(HttpContext context, string ticket) =>
        context.Response.Cookies.Append(NameOf(context), ticket, Options(context));

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(NameOf(context), Options(context));

    private static string NameOf(HttpContext context) => $"router-session-{context.Request.Host.Port ?? 0}";

    /// <summary>Without an end of its own, so that browsers forget it when they are closed.</summary>
    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = Path,
    };
}
