using System.Diagnostics;
using RouterCluster.Simulator;

namespace RouterCluster.Channels.Tests.Simulator;

/// <summary>The program as a user starts it, in a process of its own.</summary>
public sealed class CommandTests
{
    [Theory]
    [InlineData("--port", "many")]
    [InlineData("--port", "65536")]
    [InlineData("--channels", "alpha,,bravo")]
    [InlineData("--bind", "nowhere")]
    [InlineData("--colour", "red")]
    [InlineData("--secret")]
    public async Task A_wrong_option_is_one_line_and_exit_code_2(params string[] arguments)
    {
        using var process = Start(arguments);
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(2, process.ExitCode);
        Assert.StartsWith(arguments[0], errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Port_0_takes_a_free_port_and_prints_it()
    {
        using var process = Start("--port", "0", "--channels", "alpha,zulu");
        try
        {
            var first = await process.StandardOutput.ReadLineAsync() ?? "";
            var url = first.Split(' ', ',').Single(word => word.StartsWith("http://", StringComparison.Ordinal));
            using var client = new HttpClient();
            var channels = await client.GetStringAsync(new Uri(url + "/_control"));

            Assert.Contains("\"zulu\"", channels, StringComparison.Ordinal);
            Assert.DoesNotContain("\"bravo\"", channels, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static Process Start(params string[] arguments)
    {
        var program = typeof(SimulatorServer).Assembly.Location;
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
