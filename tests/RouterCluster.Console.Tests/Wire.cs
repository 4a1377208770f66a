using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace RouterCluster.Console.Tests;

/// <summary>A wire to the node that can be cut, as by a laptop's lid or a proxy's restart.</summary>
internal sealed class Wire : IDisposable
{
    private readonly Uri _node;
    private readonly ConcurrentBag<TcpClient> _ends = [];
    private TcpListener _listener;

    public Wire(Uri node)
    {
        _node = node;
        _listener = Listen(0);
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
    }

    public Uri Address { get; }

    public void Cut()
    {
        _listener.Stop();
        while (_ends.TryTake(out var end))
        {
            end.Dispose();
        }
    }

    public void Mend() => _listener = Listen(Address.Port);

    public void Dispose() => Cut();

    private TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _ = AcceptAsync(listener);
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // The wire is cut; whoever mends it listens anew.
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        var node = new TcpClient();
        _ends.Add(browser);
        _ends.Add(node);
        try
        {
            await node.ConnectAsync(_node.Host, _node.Port);
            await Task.WhenAny(
                browser.GetStream().CopyToAsync(node.GetStream()), node.GetStream().CopyToAsync(browser.GetStream()));
        }
        catch (Exception cut) when (cut is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // An end was closed.
        }
        finally
        {
            browser.Dispose();
            node.Dispose();
        }
    }
}
