namespace RouterCluster.Domain.Channels;

/// <summary>
/// The account that a channel's orders go to. Any other protocol, host or merchant number is another account, which
/// truthfully does not know these orders.
/// </summary>
/// <param name="Host">The base URL without its scheme: its path may name the account.</param>
public sealed record ChannelTarget(string Protocol, string Host, string MerchantId)
{
    /// <param name="sent">Null from before targets were stored: it counts as sent to the channel's account.</param>
    /// <param name="asked">Null where it is not known: then every attempt counts as sent there.</param>
    public static bool IsElsewhere(ChannelTarget? sent, ChannelTarget? asked) =>
        sent is not null && asked is not null && sent != asked;

    public override string ToString() => $"{Protocol} {Host} as {MerchantId}";
}
