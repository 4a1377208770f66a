namespace RouterCluster.Channels.HttpJson;

/// <param name="Secrets">At least one: the first signs, all verify.</param>
/// <param name="MaxConnections">Open connections per lane, at least the lane's concurrency.</param>
public sealed record HttpJsonSettings(Uri BaseUrl, string MerchantId, IReadOnlyList<string> Secrets, int MaxConnections)
{
    public static HttpJsonSettings From(ChannelConnection connection) =>
        new(connection.BaseUrl, connection.MerchantId, connection.Secrets, connection.MaxConnections);

    /// <summary>Leaves the secrets out, since logs print records.</summary>
    public override string ToString() => $"{MerchantId} at {BaseUrl}";
}
