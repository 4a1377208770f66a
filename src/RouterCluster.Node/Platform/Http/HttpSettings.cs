namespace RouterCluster.Node.Platform.Http;

/// <summary>The merchants' listener. URLs are absolute and end without a slash.</summary>
/// <param name="PublicUrl">How channels reach us.</param>
/// <param name="MaxInFlight">Requests worked on at once; more are turned away with 503.</param>
/// <param name="AcceptTimeout">How long a request waits for its payment to be stored before it is answered 409.</param>
/// <param name="NoticeTimeout">How long a channel's notice may take to come in.</param>
/// <param name="StrayNotices">How many notices of unknown orders are kept.</param>
/// <param name="DrainTimeout">How long a stopping node waits for running requests and calls.</param>
public sealed record HttpSettings(
    string Url, string PublicUrl, int MaxInFlight, TimeSpan AcceptTimeout, TimeSpan NoticeTimeout, int StrayNotices,
    TimeSpan DrainTimeout)
{
    public required WrongTokenSettings WrongTokens { get; init; }
}

/// <summary>How requests with tokens that nobody has are slowed down, by the address that they come from.</summary>
/// <param name="Burst">Wrong tokens of an address before it has to wait.</param>
/// <param name="PerMinute">Tries that grow back.</param>
/// <param name="Addresses">Addresses that are told apart; the first to come is the first to be forgotten.</param>
public sealed record WrongTokenSettings(int Burst, double PerMinute, int Addresses);
