using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace RouterCluster.Testing;

/// <summary>A throw-away redis-server on a loopback port, in memory only.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const int StartAttempts = 3;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    // Tells the server's process, waits for its own input to close, which happens however the test ends, and kills it.
    // It waits for the end, so that the next server on this port does not meet it.
    private const string GuardScript = """
        trap '' INT TERM HUP
        redis-server --port "$0" --bind 127.0.0.1 --save '' --appendonly no --maxmemory-policy noeviction "$@" >/dev/null 2>&1 &
        echo $!
        cat >/dev/null
        kill -KILL $!
        wait
        """;

    private Process? _guard;
    private int _process;

    private RedisServer(int port) => Port = port;

    public int Port { get; }

    public string ConnectionString => $"127.0.0.1:{Port}";

    public static async Task<RedisServer> StartAsync(params string[] options)
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = new RedisServer(FreePort.Next());
            try
            {
                await server.LaunchAsync(options);
                return server;
            }
            catch (TimeoutException) when (attempt < StartAttempts)
            {
                // Another process took the port in between.
                await server.DisposeAsync();
            }
        }
    }

    /// <summary>Starts it anew, empty, on the same port.</summary>
    public async Task RestartAsync(params string[] options)
    {
        await KillAsync();
        await LaunchAsync(options);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (_guard is not null)
        {
            _guard.StandardInput.Close();
            await _guard.WaitForExitAsync();
            _guard.Dispose();
            _guard = null;
        }
    }

    /// <summary>It stays connected and answers nothing.</summary>
    public void Stall() => Signal("STOP");

    public void GoOn() => Signal("CONT");

    public async ValueTask DisposeAsync() => await KillAsync();

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private async Task LaunchAsync(string[] options)
    {
        if (!File.Exists("/usr/bin/redis-server"))
        {
            throw new InvalidOperationException("redis-server is not there: run tests/run.sh, or apt-get install redis-server.");
        }

        var start = new ProcessStartInfo("/bin/sh", ["-c", GuardScript, $"{Port}", .. options])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = "/tmp",
        };
        _guard = Process.Start(start) ?? throw new InvalidOperationException("/bin/sh does not start.");
        _process = int.Parse(await _guard.StandardOutput.ReadLineAsync() ?? "", CultureInfo.InvariantCulture);
        using var limit = new CancellationTokenSource(StartLimit);
        while (!await AnswersAsync())
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"redis-server does not listen on {Port}");
            }

            await Task.Delay(Poll);
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
