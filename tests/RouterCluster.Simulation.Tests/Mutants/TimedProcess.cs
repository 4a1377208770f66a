using System.Diagnostics;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>A .NET process that is ended when its time is over: a mutant may run for ever, or eat all memory.</summary>
/// <param name="ExitCode">Null: its time was over.</param>
internal sealed record TimedProcess(int? ExitCode, string Output)
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        // Bytes, in hex. As in simulation.runsettings, and no more than a machine has.
        ["DOTNET_GCgen0size"] = "0x10000000",
        ["DOTNET_GCHeapHardLimit"] = "0xC0000000",

        // A process lives for seconds: it does not earn back what profiles cost.
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_DbgEnableMiniDump"] = "0",
    };

    /// <summary>What the process says has failed. Null: it says that nothing has.</summary>
    public string? Verdict(string survived) => ExitCode switch
    {
        null => "time",
        0 => Output.Trim() == survived ? null : Output.Trim(),
        _ => $"crash: {Output.Trim().Split('\n')[0]}",
    };

    public static async Task<TimedProcess> RunAsync(IEnumerable<string> arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        using var time = new CancellationTokenSource(limit);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(time.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return new TimedProcess(null, await output);
        }

        return new TimedProcess(process.ExitCode, await output + await errors);
    }
}
