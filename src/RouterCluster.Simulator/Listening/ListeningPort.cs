using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace RouterCluster.Simulator.Listening;

/// <summary>
/// A port that can be closed and opened again. A closed port stays bound without listening: callers are refused, and the
/// number is given to nobody else, not even to a caller's outgoing connection.
/// </summary>
internal sealed class ListeningPort : IDisposable
{
    private const int Backlog = 4096;

    private static readonly TimeSpan RebindPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly Func<Socket, ConnectionContext> _connect;
    private readonly Action<ConnectionContext> _accepted;
    private readonly ConcurrentDictionary<PortConnection, bool> _connections = new();
    private readonly IPEndPoint _endPoint;
    private Socket _socket;
    private volatile bool _isListening;

    /// <exception cref="SocketException">The port is taken or not allowed.</exception>
    public ListeningPort(
        IPEndPoint endPoint, string? channel, Func<Socket, ConnectionContext> connect, Action<ConnectionContext> accepted)
    {
        _connect = connect;
        _accepted = accepted;
        Channel = channel;
        _socket = Bind(endPoint);
        _endPoint = (IPEndPoint)_socket.LocalEndPoint!;
    }

    /// <summary>Null for the port that all channels share.</summary>
    public string? Channel { get; }

    public int Port => _endPoint.Port;

    public bool IsListening => _isListening;

    public void Open()
    {
        lock (_gate)
        {
            if (_isListening)
            {
                return;
            }

            _socket.Listen(Backlog);
            _isListening = true;
            _ = AcceptAsync(_socket);
        }
    }

    /// <summary>Running requests are still answered; idle connections are cut.</summary>
    public void Shut()
    {
        lock (_gate)
        {
            if (!_isListening)
            {
                return;
            }

            _isListening = false;
            _socket.Dispose();
            _socket = Rebind();
        }

        foreach (var (connection, _) in _connections)
        {
            connection.AbortIfIdle();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isListening = false;
            _socket.Dispose();
        }
    }

    private static Socket Bind(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private Socket Rebind()
    {
        // The kernel may need a moment to release the old socket.
        Socket? bound = null;
        SpinWait.SpinUntil(() => TryBind(out bound), RebindPatience);
        return bound ?? Bind(_endPoint);
    }

    private bool TryBind(out Socket? bound)
    {
        try
        {
            bound = Bind(_endPoint);
            return true;
        }
        catch (SocketException)
        {
            bound = null;
            return false;
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            try
            {
                Track(await listener.AcceptAsync());
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                if (!_isListening || !ReferenceEquals(listener, _socket))
                {
                    return;
                }

                // Most likely there are no file handles left until other connections close.
                await Task.Delay(AcceptPause);
            }
        }
    }

    private void Track(Socket socket)
    {
        ConnectionContext connection;
        try
        {
            socket.NoDelay = true;
            connection = _connect(socket);
        }
        catch (SocketException)
        {
            // The caller has left already.
            socket.Dispose();
            return;
        }

        var tracked = new PortConnection(this, connection);
        connection.Features.Set(tracked);
        _connections.TryAdd(tracked, true);
        connection.ConnectionClosed.UnsafeRegister(_ => _connections.TryRemove(tracked, out var _), null);
        _accepted(connection);
    }
}
