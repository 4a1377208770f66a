using System.Collections.Frozen;
using RouterCluster.Channels.HttpJson;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Channels;

public static class ChannelProtocols
{
    private static readonly FrozenDictionary<string, Func<ChannelConnection, TimeProvider, IChannelProtocol>> Table =
        new Dictionary<string, Func<ChannelConnection, TimeProvider, IChannelProtocol>>
        {
            [HttpJsonProtocol.Name] = static (connection, clock) => new HttpJsonProtocol(HttpJsonSettings.From(connection), clock),
        }.ToFrozenDictionary();

    public static IEnumerable<string> Names => Table.Keys;

    /// <summary>The caller disposes it, where it is <see cref="IDisposable"/>.</summary>
    /// <exception cref="ArgumentException">The name is none of <see cref="Names"/>.</exception>
    public static IChannelProtocol Create(string protocol, ChannelConnection connection, TimeProvider clock) =>
        Table.TryGetValue(protocol, out var create)
            ? create(connection, clock)
            : throw new ArgumentException($"The protocol must be one of {string.Join(", ", Names)}.", nameof(protocol));
}

/// <param name="BaseUrl">Without a query; a slash at its end makes no difference.</param>
/// <param name="MerchantId">The merchant number under which the payment company knows us.</param>
/// <param name="Secrets">At least one: the first signs requests, all of them verify answers and notices.</param>
/// <param name="MaxConnections">
/// At least the highest concurrency that an operator may set: above it calls would wait unseen.
/// </param>
public sealed record ChannelConnection(Uri BaseUrl, string MerchantId, IReadOnlyList<string> Secrets, int MaxConnections)
{
    /// <summary>Leaves the secrets out, since logs print records.</summary>
    public override string ToString() => $"{MerchantId} at {BaseUrl}";
}
