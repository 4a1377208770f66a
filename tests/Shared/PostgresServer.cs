using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;

namespace RouterCluster.Testing;

/// <summary>
/// A throw-away PostgreSQL 15 on a loopback port and in a temporary folder. It syncs every commit as production does,
/// so that what a test sees survive a kill would survive it there too. User <c>postgres</c>, no password.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private const int SigContinue = 18;
    private const int SigStop = 19;
    private const int StartAttempts = 3;
    private const int RestartAttempts = 20;

    private static readonly TimeSpan RestartPause = TimeSpan.FromMilliseconds(250);

    // Waits for its standard input to close, which happens however this process ends, and then leaves nothing behind.
    private const string GuardScript = """
        trap '' INT TERM HUP
        cat >/dev/null
        server=$(head -n 1 "$0/data/postmaster.pid" 2>/dev/null)
        if [ -n "$server" ]; then
          kill -CONT "$server" 2>/dev/null
          kill -QUIT "$server" 2>/dev/null
          while kill -0 "$server" 2>/dev/null; do sleep 0.05; done
        fi
        rm -rf "$0"
        """;

    private readonly string _folder;
    private readonly string _address;
    private readonly Process _guard;

    private PostgresServer(string folder, string address)
    {
        (_folder, _address) = (folder, address);
        _guard = Guard(folder);
    }

    public int Port { get; private set; }

    private string Data => Path.Combine(_folder, "data");

    private string PidFile => Path.Combine(Data, "postmaster.pid");

    private string Log => Path.Combine(_folder, "server.log");

    /// <param name="address">Of this machine.</param>
    public static Task<PostgresServer> StartAsync(string address = "127.0.0.1") => StartAsync(address, async server =>
    {
        await RunAsync("initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
        await File.AppendAllTextAsync(Path.Combine(server.Data, "pg_hba.conf"), $"host all all {address}/24 trust\n");
    });

    /// <summary>A server that replicates this one: from now on a commit here waits until it is durable there too.</summary>
    public async Task<PostgresServer> StartStandbyAsync()
    {
        var standby = await StartAsync(_address, server => RunAsync(
            "pg_basebackup", "-h", _address, "-p", $"{Port}", "-U", "postgres", "-D", server.Data, "-R", "-X", "stream",
            "-c", "fast", "--no-sync"));
        await StatementAsync("alter system set synchronous_standby_names = '*'");
        await StatementAsync("select pg_reload_conf()");
        return standby;
    }

    /// <summary>Makes a standby the primary.</summary>
    public Task PromoteAsync() => RunAsync("pg_ctl", "promote", "-D", Data, "-w");

    public string ConnectionString(string database) => $"Host={_address};Port={Port};Username=postgres;Database={database}";

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await StatementAsync($"CREATE DATABASE \"{name.Replace("\"", "\"\"")}\"");
        return ConnectionString(name);
    }

    /// <summary>Stops at once, without a checkpoint: the next start recovers from the log.</summary>
    public void Kill() => RunAsync("pg_ctl", "stop", "-D", Data, "-m", "immediate", "-w").GetAwaiter().GetResult();

    /// <summary>kill -9 of the first process: the others notice that it is gone and end by themselves.</summary>
    public async Task KillHardAsync()
    {
        using var first = Process.GetProcessById(FirstProcess());
        first.Kill();
        await first.WaitForExitAsync();
    }

    /// <summary>SIGSTOP to all its processes: connections stand, are even accepted, and nobody answers.</summary>
    public IDisposable Stall()
    {
        // The first process stops first, so that it starts no others meanwhile.
        var first = FirstProcess();
        Signal([first], SigStop);
        int[] all = [first, .. File.ReadAllText($"/proc/{first}/task/{first}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        Signal(all, SigStop);
        return new Stopped(() => Signal(all, SigContinue));
    }

    /// <summary>Starts the killed server again, or kills and starts a running one, on the same port and data.</summary>
    public async Task RestartAsync()
    {
        if (File.Exists(PidFile) && IsRunning())
        {
            Kill();
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await LaunchAsync();
                return;
            }
            catch (InvalidOperationException) when (attempt < RestartAttempts)
            {
                // The processes that a hard kill left over still hold the shared memory.
                await Task.Delay(RestartPause);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
    }

    private static async Task<PostgresServer> StartAsync(string address, Func<PostgresServer, Task> initialise)
    {
        if (!File.Exists(Path.Combine(Binaries, "initdb")))
        {
            throw new InvalidOperationException(
                $"PostgreSQL 15 is not installed ({Binaries} is missing): run tests/run.sh, or apt-get install postgresql-15.");
        }

        var server = new PostgresServer(Directory.CreateTempSubdirectory("router-postgres-").FullName, address);
        try
        {
            await server.OwnFolderAsync();
            await initialise(server);
            await server.StartOnFreePortAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private int FirstProcess() => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    private bool IsRunning() => Directory.Exists($"/proc/{FirstProcess()}");

    private static void Signal(IEnumerable<int> processes, int signal)
    {
        foreach (var process in processes)
        {
            // A process that has ended meanwhile needs no signal.
            _ = Kill(process, signal);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    private sealed class Stopped(Action resume) : IDisposable
    {
        public void Dispose() => resume();
    }

    private static Process Guard(string folder)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, WorkingDirectory = "/" };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(GuardScript);
        start.ArgumentList.Add(folder);
        return Process.Start(start) ?? throw new InvalidOperationException("/bin/sh does not start.");
    }

    private async Task StatementAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task OwnFolderAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            await ExecuteAsync("chown", "postgres", _folder);
        }
    }

    private async Task StartOnFreePortAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort.Next();
            try
            {
                await LaunchAsync();
                return;
            }
            catch (InvalidOperationException) when (attempt < StartAttempts)
            {
                // Another process took the port in between.
            }
        }
    }

    private async Task LaunchAsync()
    {
        var options = $"-p {Port} -c listen_addresses={_address} -c unix_socket_directories='' -c max_connections=200";
        try
        {
            await RunAsync("pg_ctl", "start", "-D", Data, "-l", Log, "-o", options, "-w");
        }
        catch (InvalidOperationException failure)
        {
            var log = File.Exists(Log) ? await File.ReadAllTextAsync(Log) : "";
            throw new InvalidOperationException(failure.Message + log, failure);
        }
    }

    // PostgreSQL refuses to run as root.
    private static Task RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Binaries, program);
        return Environment.IsPrivilegedProcess
            ? ExecuteAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : ExecuteAsync(path, arguments);
    }

    private static async Task ExecuteAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
        }
    }
}
