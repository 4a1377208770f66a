using System.Net;
using System.Net.Sockets;

namespace RouterCluster.Channels.Tests.Simulator;

public sealed class OwnPortTests : SimulatorTest
{
    private string OwnUrl => $"http://127.0.0.1:{Psp.Server.ChannelPort("alpha")}";

    [Fact]
    public async Task The_own_port_takes_orders_with_and_without_the_channels_name()
    {
        Assert.Equal("00", (await Psp.SubmitAsync("order1", url: OwnUrl)).Code);
        Assert.Equal("00", (await Psp.SubmitAsync("order2", url: OwnUrl + "/alpha")).Code);
        Assert.Equal("00", (await Psp.QueryAsync("order1")).Code);
        Assert.Equal("00", (await Psp.QueryAsync("order2", url: OwnUrl)).Code);
    }

    [Fact]
    public async Task The_own_port_serves_no_other_channel()
    {
        var answer = await Psp.SubmitAsync("order1", url: OwnUrl + "/bravo");

        Assert.Equal(HttpStatusCode.NotFound, answer.Http);
        Assert.False(answer.IsSigned);
    }

    [Fact]
    public async Task A_channel_comes_to_be_with_a_port_when_it_is_first_called()
    {
        Assert.Equal("00", (await Psp.SubmitAsync("order1", url: Psp.SharedUrl + "/new-one")).Code);
        await Psp.SetAsync("""{ "mode": "maintenance" }""", channel: "newer");

        var listed = (await Psp.GetControlAsync(""))["channels"]!.AsArray()
            .ToDictionary(channel => (string)channel!["channel"]!, channel => channel!);
        Assert.Equal(["alpha", "new-one", "newer"], listed.Keys);
        Assert.Equal("maintenance", (string)listed["newer"]["mode"]!);
        Assert.Equal(Psp.Server.ChannelPort("new-one"), (int)listed["new-one"]["port"]!);
        Assert.Equal("00", (await Psp.QueryAsync("order1", url: (string)listed["new-one"]["base_url"]!)).Code);
        Assert.Equal("not_found", (await Psp.QueryAsync("order1")).Status);
    }

    [Fact]
    public async Task Refuse_closes_the_own_port_and_any_other_mode_opens_it_again()
    {
        for (var round = 0; round < 20; round++)
        {
            Assert.Equal("00", (await Psp.SubmitAsync($"before{round}", url: OwnUrl)).Code);
            await Psp.SetAsync("""{ "mode": "refuse" }""");
            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Psp.SubmitAsync($"during{round}", url: OwnUrl));
            Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
            var socket = Assert.IsType<SocketException>(refused.InnerException);
            Assert.Equal(SocketError.ConnectionRefused, socket.SocketErrorCode);

            await Psp.SetAsync("""{ "mode": "ok" }""");
        }

        Assert.Equal(20, (await Psp.CallsAsync()).Length);
    }

    [Fact]
    public async Task Refuse_resets_on_the_shared_port_without_booking()
    {
        await Psp.SubmitAsync("order1");
        await Psp.SetAsync("""{ "mode": "refuse" }""");

        await Assert.ThrowsAsync<HttpRequestException>(() => Psp.SubmitAsync("order2"));
        await Assert.ThrowsAsync<HttpRequestException>(() => Psp.QueryAsync("order1"));
        await Psp.SetAsync("""{ "mode": "ok" }""");
        Assert.Equal("not_found", (await Psp.QueryAsync("order2")).Status);
    }

    [Fact]
    public async Task A_call_that_was_read_before_the_port_closed_is_still_answered()
    {
        await Psp.SetAsync("""{ "latency_ms": 500, "latency_p99_ms": 500 }""");
        var running = Psp.SubmitAsync("order1", url: OwnUrl);
        await SimulatedPsp.Eventually(async () => (await Psp.CallsAsync()).Length == 1);
        await Psp.SetAsync("""{ "mode": "refuse" }""");

        Assert.Equal("00", (await running).Code);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Psp.SubmitAsync("order2", url: OwnUrl));
        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
    }

    [Fact]
    public async Task Disposing_cuts_held_calls_and_frees_the_ports()
    {
        await Psp.SetAsync("""{ "mode": "hang" }""");
        var held = Psp.SubmitAsync("order1", url: OwnUrl);
        await SimulatedPsp.Eventually(async () => (await Psp.CallsAsync()).Length == 1);
        int[] ports = [Psp.Server.Port, Psp.Server.ChannelPort("alpha")];
        await Psp.Server.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => held);
        foreach (var port in ports)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
    }
}
