using System.Diagnostics;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>A .NET process that is ended when its time is over: a mutant may run for ever, or eat all memory.</summary>
/// <param name="ExitCode">Null: its time was over.</param>
internal sealed record TimedProcess(int? ExitCode, string Output)
{
    /// <summary>Bytes, in hex.</summary>
    private const string MostMemory = "0xC0000000";

    public static async Task<TimedProcess> RunAsync(IEnumerable<string> arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = MostMemory;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
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
