using System.Net;
using System.Net.Sockets;

namespace RouterCluster.Channels.Tests.Psp;

/// <summary>Addresses at which no connection comes about.</summary>
public sealed class DeadEnd : IDisposable
{
    private readonly List<Socket> _sockets = [];

    private DeadEnd()
    {
    }

    public Uri BaseUrl { get; private set; } = new("http://nowhere.invalid/alpha");

    /// <summary>A port that is taken, so that nobody else gets it, but not listened on.</summary>
    public static DeadEnd Refusing()
    {
        var end = new DeadEnd();
        end.Bind();
        return end;
    }

    public static DeadEnd UnknownName() => new();

    /// <summary>A port whose queue of new connections is full: further ones get no answer at all.</summary>
    public static async Task<DeadEnd> SilentAsync()
    {
        var end = new DeadEnd();
        var listener = end.Bind();
        listener.Listen(0);
        while (true)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            end._sockets.Add(filler);
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            try
            {
                await filler.ConnectAsync(listener.LocalEndPoint!, patience.Token);
            }
            catch (OperationCanceledException)
            {
                return end;
            }
        }
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private Socket Bind()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _sockets.Add(socket);
        BaseUrl = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/alpha");
        return socket;
    }
}
