using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RouterCluster.Channels.Tests.Psp;

/// <summary>A request as it came off the wire.</summary>
public sealed record Received(string Head, byte[] Body)
{
    public string Line => Head[..Head.IndexOf('\r', StringComparison.Ordinal)];

    public string? Header(string name) => Head.Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .SingleOrDefault();
}

/// <summary>A payment company on raw sockets that does to each request what its script says, in order; at its end it hangs.</summary>
public sealed class ScriptedPsp : IAsyncDisposable
{
    /// <summary>Far longer than anything here takes: it ends a test that hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<PspAct> _script = new();
    private readonly ConcurrentQueue<Received> _requests = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _closed = new(0);
    private readonly Task _accepting;
    private long _bytesReceived;
    private int _connections;

    public ScriptedPsp(params PspAct[] script)
    {
        Then(script);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(128);
        _accepting = AcceptAsync();
    }

    public Uri BaseUrl => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/alpha");

    public IReadOnlyList<Received> Requests => [.. _requests];

    public int Connections => Volatile.Read(ref _connections);

    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    public void Then(params PspAct[] acts)
    {
        foreach (var act in acts)
        {
            _script.Enqueue(act);
        }
    }

    /// <summary>Waits for one more request to be read.</summary>
    public async Task RequestArrivedAsync() => Assert.True(await _arrived.WaitAsync(Patience), "No request came.");

    /// <summary>Waits for one more connection to be over.</summary>
    public async Task ConnectionClosedAsync() => Assert.True(await _closed.WaitAsync(Patience), "No connection was closed.");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                running.Add(ServeAsync(socket));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            while (await WaitForBytesAsync(socket))
            {
                var act = _script.TryDequeue(out var next) ? next : PspAct.Hang;
                if (act.Reads)
                {
                    _requests.Enqueue(await ReadAsync(socket));
                    _arrived.Release();
                }

                if (!await act.Run(socket, _stop.Token))
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or EndOfStreamException)
        {
            // The client went away, or the test is over.
        }
        finally
        {
            socket.Dispose();
            _closed.Release();
        }
    }

    private async Task<bool> WaitForBytesAsync(Socket socket) =>
        await socket.ReceiveAsync(new byte[1], SocketFlags.Peek, _stop.Token) > 0;

    private async Task<Received> ReadAsync(Socket socket)
    {
        var bytes = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer, _stop.Token);
            if (read == 0)
            {
                throw new EndOfStreamException();
            }

            Interlocked.Add(ref _bytesReceived, read);
            bytes.AddRange(buffer.AsSpan(0, read));
            if (Complete([.. bytes]) is { } request)
            {
                return request;
            }
        }
    }

    private static Received? Complete(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var request = new Received(Encoding.ASCII.GetString(bytes, 0, end), bytes[(end + 4)..]);
        var length = int.Parse(request.Header("Content-Length") ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        return request.Body.Length < length ? null : request;
    }
}
