using System.Diagnostics;

namespace RouterCluster.Cluster.Tests.Processes;

/// <summary>One started program, with what it printed. Whatever becomes of the test run, it does not outlive it.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private const int LinesKept = 4000;

    // Its standard input closes however the test run ends.
    private const string GuardScript = "trap '' INT TERM HUP; cat >/dev/null; kill -KILL \"$0\" 2>/dev/null";

    private readonly Process _process;
    private readonly Process _guard;
    private readonly Queue<string> _lines = new();

    private ProgramProcess(Process process)
    {
        _process = process;
        _guard = Guard(process.Id);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public static ProgramProcess StartDotnet(string assembly, params IEnumerable<string> arguments) =>
        StartDotnet(Machine.This, assembly, arguments);

    /// <summary>The machine's command has to end by becoming the program, so that signals reach this one.</summary>
    public static ProgramProcess StartDotnet(Machine machine, string assembly, params IEnumerable<string> arguments)
    {
        string[] command = [.. machine.Command, "dotnet", assembly, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in machine.Environment)
        {
            start.Environment[name] = value;
        }

        // Two processors and many processes: a heap for each processor would only make them fight for memory.
        start.Environment["DOTNET_gcServer"] = "0";
        return new ProgramProcess(Process.Start(start) ?? throw new InvalidOperationException($"{assembly} does not start."));
    }

    public void Send(Signal signal)
    {
        if (!_process.HasExited)
        {
            Signals.Send(_process.Id, signal);
        }
    }

    /// <summary>What its descriptors stand for, as the kernel names it.</summary>
    public IReadOnlyList<string> OpenFiles() =>
        [.. Directory.GetFiles($"/proc/{Id}/fd").Select(file => new FileInfo(file).LinkTarget ?? "")];

    public ProcessResources Resources() => ProcessResources.Of(Id);

    /// <summary>kill -9: nothing is finished, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        Send(Signal.Kill);
        await _process.WaitForExitAsync();
    }

    /// <summary>The exit code; null if it is still running at the limit.</summary>
    public async Task<int?> ExitAsync(TimeSpan limit)
    {
        using var waiting = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(waiting.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
        _process.Dispose();
    }

    private static Process Guard(int id)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", GuardScript, $"{id}"]) { RedirectStandardInput = true };
        return Process.Start(start) ?? throw new InvalidOperationException("/bin/sh does not start.");
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_lines)
            {
                _lines.Enqueue(line);
                if (_lines.Count > LinesKept)
                {
                    _lines.Dequeue();
                }
            }
        }
    }
}
