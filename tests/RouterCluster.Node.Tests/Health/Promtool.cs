using System.ComponentModel;
using System.Diagnostics;

namespace RouterCluster.Node.Tests.Health;

/// <summary>Prometheus' own judge of what a scrape answers.</summary>
internal static class Promtool
{
    /// <summary>What it complains of; empty when it does not.</summary>
    public static async Task<string> CheckAsync(string metrics)
    {
        var start = new ProcessStartInfo("promtool", ["check", "metrics"])
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
