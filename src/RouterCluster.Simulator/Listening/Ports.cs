using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace RouterCluster.Simulator.Listening;

/// <summary>
/// Kestrel's one listener. Behind it any number of ports open and close while the server runs, which Kestrel does not
/// support.
/// </summary>
internal sealed class Ports : IConnectionListenerFactory, IConnectionListener
{
    private readonly ConcurrentBag<ListeningPort> _ports = [];
    private readonly SocketConnectionContextFactory _sockets =
        new(new SocketConnectionFactoryOptions(), NullLogger.Instance);
    private readonly Channel<ConnectionContext> _accepted = Channel.CreateUnbounded<ConnectionContext>();

    public EndPoint EndPoint { get; private set; } = new IPEndPoint(IPAddress.None, 0);

    public ListeningPort Reserve(IPEndPoint endPoint, string? channel)
    {
        var port = new ListeningPort(endPoint, channel, _sockets.Create, Accept);
        _ports.Add(port);
        return port;
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        EndPoint = endpoint;
        return ValueTask.FromResult<IConnectionListener>(this);
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _accepted.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_accepted.Reader.TryRead(out var connection))
            {
                return connection;
            }
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        foreach (var port in _ports)
        {
            port.Dispose();
        }

        _accepted.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _sockets.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Accept(ConnectionContext connection)
    {
        if (!_accepted.Writer.TryWrite(connection))
        {
            connection.Abort();
        }
    }
}
