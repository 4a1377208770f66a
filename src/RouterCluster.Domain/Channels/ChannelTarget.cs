namespace RouterCluster.Domain.Channels;

/// <summary>
/// Where a channel's orders go. Another protocol, host or merchant number is another account at some company, which
/// truthfully does not know the orders of this one.
/// </summary>
/// <param name="Host">The base URL without its scheme: its path may name the account.</param>
/// <param name="MerchantId">Our number at the payment company.</param>
public sealed record ChannelTarget(string Protocol, string Host, string MerchantId)
{
    /// <param name="sent">Null of an attempt of the time before this was stored: it is where its channel is.</param>
    /// <param name="asked">Null where nobody knows where the channel is: then every attempt is where it should be.</param>
    public static bool IsElsewhere(ChannelTarget? sent, ChannelTarget? asked) =>
        sent is not null && asked is not null && sent != asked;

    public override string ToString() => $"{Protocol} {Host} as {MerchantId}";
}
