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
    public async Task Port_0_takes_a_free_port_prints_it_and_SIGTERM_ends_the_program_well()
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

            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await process.WaitForExitAsync(patience.Token);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_line_too()
    {
        await using var psp = await SimulatedPsp.StartAsync();
        using var process = Start("--port", $"{psp.Server.Port}");
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(2, process.ExitCode);
        Assert.Single(errors.TrimEnd().Split('\n'));
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
