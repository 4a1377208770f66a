using System.Net;
using System.Net.Sockets;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;
using RouterCluster.Testing;

namespace RouterCluster.Host.Tests;

/// <summary>The demo uses its own simulator or another one, never whatever listens at the port.</summary>
public sealed class DemoSimulatorTests
{
    [Fact]
    public async Task A_free_port_gets_a_simulator_and_a_second_demo_uses_the_same()
    {
        var settings = Demo(FreePort.Next());
        await using var own = await DemoSimulator.StartAsync(settings, CancellationToken.None);

        Assert.Equal(settings.SimulatorPort, own!.Port);
        Assert.Null(await DemoSimulator.StartAsync(settings, CancellationToken.None));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 15\r\nConnection: close\r\n\r\n{\"channels\":[]}")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("")]
    public async Task Whatever_else_listens_there_stops_the_start_in_one_line(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, answer);
        var settings = Demo(((IPEndPoint)listener.LocalEndpoint).Port);

        var refused = await Assert.ThrowsAsync<StartUpException>(
            () => DemoSimulator.StartAsync(settings, CancellationToken.None));

        Assert.StartsWith(
            $"router.simulator-port: \"{settings.SimulatorPort}\", which something else listens on, allowed is ", refused.Message,
            StringComparison.Ordinal);
        listener.Stop();
        await serving;
    }

    [Fact]
    public void The_banner_says_where_the_channels_are_and_whose_simulator_it_is()
    {
        var settings = Demo(9191, """
            router.channels.mine { base-url = "http://10.0.0.1", merchant-id = M, secret = s, products = [payout] }
            """);

        var own = Greeting.For(settings, ownsSimulator: true);
        Assert.Contains(
            "alpha, bravo, charlie, delta, echo, foxtrot, simulated at http://127.0.0.1:9191; 1 others as configured", own,
            StringComparison.Ordinal);
        Assert.Contains(
            "foxtrot, at the simulator that ran at http://127.0.0.1:9191 before this node",
            Greeting.For(settings, ownsSimulator: false), StringComparison.Ordinal);
        Assert.DoesNotContain("9090", own, StringComparison.Ordinal);
    }

    private static RouterSettings Demo(int port, string set = "")
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, set);
        var loaded = SettingsSource.Load([file], [$"router.simulator-port={port}"], _ => null);
        File.Delete(file);
        var reading = RouterSettings.Read(loaded.Config, ["http-json"]);
        Assert.Empty(loaded.Errors);
        Assert.Empty(reading.Errors);
        return reading.Settings!;
    }

    private static async Task ServeAsync(TcpListener listener, string answer)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().ReadExactlyAsync(new byte[1]);
                await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer));
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
