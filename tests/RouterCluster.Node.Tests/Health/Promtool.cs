using System.ComponentModel;
using System.Diagnostics;

namespace RouterCluster.Node.Tests.Health;

/// <summary>Prometheus' own judge of what a scrape answers.</summary>
internal static class Promtool
{
    /// <summary>What it complains of; empty when it does not.</summary>
    public static Task<string> CheckAsync(string metrics) => RunAsync(["check", "metrics"], metrics);

    /// <summary>Checks a configuration, or runs the tests of rules.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var said = await RunAsync(arguments, "");
        var isWell = said.Contains("SUCCESS", StringComparison.Ordinal) && !said.Contains("FAILED", StringComparison.Ordinal);
        return isWell ? "" : said;
    }

    private static async Task<string> RunAsync(string[] arguments, string metrics)
    {
        var start = new ProcessStartInfo("promtool", arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var tool = Start(start);
        var said = tool.StandardOutput.ReadToEndAsync();
        var complained = tool.StandardError.ReadToEndAsync();
        await tool.StandardInput.WriteAsync(metrics);
        tool.StandardInput.Close();
        await tool.WaitForExitAsync();
        var all = await said + await complained;
        return tool.ExitCode == 0 || all.Length > 0 ? all : $"promtool ended with {tool.ExitCode}";
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("promtool is not there: install Debian's package prometheus.", missing);
        }
    }
}
