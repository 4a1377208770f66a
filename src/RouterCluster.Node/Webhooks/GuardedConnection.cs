using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Node.Webhooks;

/// <summary>
/// Connects to merchants, and to nobody else. What counts is the address that the connection is really made to: a name
/// that was harmless when it was looked at may resolve to something else a moment later.
/// </summary>
/// <param name="resolve">Finds a name's addresses.</param>
public sealed class GuardedConnection(
    ImmutableArray<AllowedTarget> allowed, OwnListeners own, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <exception cref="AddressRefusedException">The name has no address that may be called.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host.Trim('[', ']'), context.DnsEndPoint.Port);
        Exception? last = null;
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await resolve(host, cancellation).ConfigureAwait(false);
        foreach (var address in addresses)
        {
            if (!new CallTarget(host, address, port, own.Answer(host, address, port)).MayBeCalled(allowed))
            {
                continue;
            }

            try
            {
                return await OpenAsync(address, port, cancellation).ConfigureAwait(false);
            }
            catch (SocketException failure)
            {
                last = failure;
            }
        }

        throw last ?? new AddressRefusedException();
    }

    private static async Task<Stream> OpenAsync(IPAddress address, int port, CancellationToken cancellation)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The URL leads where merchants may not have us call.</summary>
public sealed class AddressRefusedException() : IOException("The address may not be called.");
