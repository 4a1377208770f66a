namespace RouterCluster.Domain.Webhooks;

/// <summary>
/// The part of a URL that can be in trouble by itself. The query (a payment's number, say) makes no other endpoint.
/// </summary>
/// <param name="Key">The URL up to its query.</param>
/// <param name="Host">Scheme, host and port; endpoints that share them share a machine.</param>
public readonly record struct NotificationEndpoint(string Key, string Host)
{
    private const string AfterScheme = "://";

    /// <summary>Sorts behind every character of a URL.</summary>
    private const string Last = "\U0010FFFF";

    public string EndOfHost => Key.Length > Host.Length ? $"{Host}/{Last}" : Key;

    public static NotificationEndpoint Of(string url)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        var key = query < 0 ? url : url[..query];
        var scheme = key.IndexOf(AfterScheme, StringComparison.Ordinal);
        var path = scheme < 0 ? -1 : key.IndexOf('/', scheme + AfterScheme.Length);
        return new NotificationEndpoint(key, path < 0 ? key : key[..path]);
    }
}
