namespace RouterCluster.Channels.HttpJson;

/// <param name="MaxConnections">Open connections per lane, at least the lane's concurrency.</param>
public sealed record HttpJsonSettings(Uri BaseUrl, string MerchantId, string Secret, int MaxConnections)
{
    public static HttpJsonSettings From(ChannelConnection connection) =>
        new(connection.BaseUrl, connection.MerchantId, connection.Secret, connection.MaxConnections);

    /// <summary>Without the secret, since logs print records.</summary>
    public override string ToString() => $"{MerchantId} at {BaseUrl}";
}
