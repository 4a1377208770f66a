using System.Net.Sockets;
using System.Text;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Notices;

public sealed class NoticePlacesTests
{
    private const string OrderNo = "00a1b2c3d4e5f6g7h8j9k0m1n2p3q01";

    [Fact]
    public async Task Slow_bodies_at_one_channel_keep_out_its_own_notices_alone()
    {
        await using var node = await TestNode.StartAsync("""
            router.http.notice-timeout = 30s
            router.channels.alpha { notify-in-flight = 2, notify-rate-per-second = 10000 }
            """);
        var slow = new List<TcpClient>();

        // A slow one takes its place when its headers are read, which nothing tells; one that comes while the
        // channel's own notice holds the last place is refused, so another follows it.
        Answer own;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        do
        {
            limit.Token.ThrowIfCancellationRequested();
            slow.Add(await BeginSlowlyAsync(node));
            own = await NotifyAsync(node, "alpha");
        }
        while (own.Status == 200);
        var others = await NotifyAsync(node, "bravo");

        slow.ForEach(socket => socket.Dispose());
        Assert.Equal((503, "overloaded", 200), (own.Status, own.Code, others.Status));
    }

    private static Task<Answer> NotifyAsync(TestNode node, string channel) => node.SendAsync(
        HttpMethod.Post, $"/v1/channels/{channel}/notify", null, new SignedNotice(OrderNo).Content());

    private static async Task<TcpClient> BeginSlowlyAsync(TestNode node)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(node.Address.Host, node.Address.Port);
        const string Head = "POST /v1/channels/alpha/notify HTTP/1.1\r\nHost: node\r\nContent-Type: application/json\r\n"
            + "Content-Length: 100\r\n\r\n{";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Head));
        return socket;
    }
}
