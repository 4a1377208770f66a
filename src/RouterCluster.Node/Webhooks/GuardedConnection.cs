using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Node.Webhooks;

/// <summary>
/// Connects webhooks to permitted addresses only. It checks the address of the real connection: a name may resolve to
/// another address a moment after a check.
/// </summary>
public sealed class GuardedConnection(
    ImmutableArray<AllowedTarget> allowed, OwnListeners own, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <exception cref="AddressRefusedException">The name has no permitted address.</exception>
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

/// <summary>The URL leads to an address that merchants' webhooks may not call.</summary>
public sealed class AddressRefusedException() : IOException("The address may not be called.");
