using System.Diagnostics;
using RouterCluster.Testing;

namespace RouterCluster.Benchmarks.Programs;

/// <summary>One of our programs as a process of its own, from the built file beside this one.</summary>
internal sealed class ProgramUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly int _countsPort;

    private ProgramUnderTest(Process process, int countsPort) => (_process, _countsPort) = (process, countsPort);

    public int ProcessId => _process.Id;

    public Task<Counts> CountsAsync() => Counts.OfProcessAsync(ProcessId, _countsPort);

    /// <param name="probe">Answers 200 when the program is ready.</param>
    public static Task<ProgramUnderTest> StartAsync(string name, Uri probe, params string[] arguments) =>
        StartAsync(name, probe, new Dictionary<string, string>(), arguments);

    /// <param name="environment">Variables besides those that all programs have.</param>
    public static async Task<ProgramUnderTest> StartAsync(
        string name, Uri probe, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var countsPort = FreePort.Next();
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, $"RouterCluster.{name}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["Logging__LogLevel__Default"] = "Warning",
                ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
                [StartupHook.PortVariable] = $"{countsPort}",
            },
        };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} does not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var program = new ProgramUnderTest(process, countsPort);
        try
        {
            await program.WaitUntilReadyAsync(name, probe);
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync(string name, Uri probe)
    {
        using var http = new HttpClient();
        for (var waited = Stopwatch.StartNew(); !await IsReadyAsync(http, probe); await Task.Delay(StartPause))
        {
            if (_process.HasExited || waited.Elapsed > StartLimit)
            {
                throw new InvalidOperationException($"{name} did not become ready at {probe}.");
            }
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, Uri probe)
    {
        try
        {
            using var answer = await http.GetAsync(probe);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
