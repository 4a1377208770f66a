namespace RouterCluster.Node.Platform.Http;

/// <summary>The merchants' listener. URLs are absolute and end without a slash.</summary>
/// <param name="PublicUrl">The address under which channels reach the router.</param>
/// <param name="MaxInFlight">Concurrent requests; more are refused with 503.</param>
/// <param name="AcceptTimeout">How long a request waits for its payment to be stored before it is answered 409.</param>
/// <param name="NoticeTimeout">How long a channel's notice may take to come in.</param>
/// <param name="StrayNotices">How many notices of unknown orders are kept.</param>
/// <param name="DrainTimeout">How long a stopping node waits for running requests and calls.</param>
public sealed record HttpSettings(
    string Url, string PublicUrl, int MaxInFlight, TimeSpan AcceptTimeout, TimeSpan NoticeTimeout, int StrayNotices,
    TimeSpan DrainTimeout)
{
    public required WrongTokenSettings WrongTokens { get; init; }

    /// <summary>How long a stopping node is not ready before it refuses requests.</summary>
    public TimeSpan StopDelay { get; init; }
}

/// <summary>How requests with unknown tokens are slowed down, by their address.</summary>
/// <param name="Burst">Wrong tokens of an address before it has to wait.</param>
/// <param name="PerMinute">Tries that an address regains.</param>
/// <param name="Addresses">Addresses remembered; the oldest is forgotten first.</param>
public sealed record WrongTokenSettings(int Burst, double PerMinute, int Addresses);
