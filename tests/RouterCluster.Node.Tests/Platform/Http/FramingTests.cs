using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Platform.Http;

/// <summary>Requests that a proxy may read in another way than the node does, as bytes on a socket.</summary>
public sealed class FramingTests : IAsyncLifetime
{
    private static readonly string Body = Samples.Body().ToJsonString();
    private static readonly string Chunks = $"{Body.Length:x}\r\n{Body}\r\n0\r\n\r\n";

    private TestNode _node = null!;

    public static TheoryData<string, string, string> Refused => new()
    {
        { "a length with a sign", $"Content-Length: +{Body.Length}\r\n\r\n", Body },
        { "a negative length", "Content-Length: -0\r\n\r\n", "" },
        { "two lengths", $"Content-Length: {Body.Length}\r\nContent-Length: {Body.Length}\r\n\r\n", Body },
        { "a list of lengths", $"Content-Length: {Body.Length}, {Body.Length}\r\n\r\n", Body },
        { "a length in hex", "Content-Length: 0x10\r\n\r\n", Body },
        { "both framings", $"Content-Length: {Body.Length}\r\nTransfer-Encoding: chunked\r\n\r\n", Chunks },
        { "both framings, turned round", $"Transfer-Encoding: chunked\r\nContent-Length: {Body.Length}\r\n\r\n", Chunks },
        { "chunked twice", "Transfer-Encoding: chunked, chunked\r\n\r\n", Chunks },
        { "a list of encodings", "Transfer-Encoding: gzip, chunked\r\n\r\n", Chunks },
        { "encodings in two lines", "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n", Chunks },
        { "an encoding that is none", "Transfer-Encoding: identity\r\n\r\n", Body },
        { "a bare line feed between headers", $"X-One: 1\nContent-Length: {Body.Length}\r\n\r\n", Body },
        { "a bare line feed at the end of headers", $"Content-Length: {Body.Length}\r\n\n", Body },
        { "a bare line feed in a chunk", "Transfer-Encoding: chunked\r\n\r\n", $"{Body.Length:x}\n{Body}\r\n0\r\n\r\n" },
        { "a folded header", $"X-One: 1\r\n 2\r\nContent-Length: {Body.Length}\r\n\r\n", Body },
        { "white space before a colon", $"Content-Length : {Body.Length}\r\n\r\n", Body },
        { "plain JSON that calls itself gzip", $"Content-Encoding: gzip\r\nContent-Length: {Body.Length}\r\n\r\n", Body },
    };

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_proxies_read_in_different_ways_is_refused(string what, string headers, string body)
    {
        var answer = await ExchangeAsync("HTTP/1.1", headers, body);

        Assert.True(answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal), $"{what}: {answer}");
        Assert.Empty(_node.Payments.Accepted);
    }

    [Fact]
    public async Task Chunks_in_HTTP_1_0_are_refused()
    {
        var answer = await ExchangeAsync("HTTP/1.0", "Transfer-Encoding: chunked\r\n\r\n", Chunks);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Empty(_node.Payments.Accepted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Plain_framing_is_taken(bool isChunked)
    {
        var headers = isChunked ? "Transfer-Encoding: Chunked\r\n\r\n" : $"Content-Length: {Body.Length}\r\n\r\n";

        var answer = await ExchangeAsync("HTTP/1.1", headers, isChunked ? Chunks : Body);

        Assert.StartsWith("HTTP/1.1 201 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_body_is_told_what_is_wrong_with_it()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Body));
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        var answer = await _node.SendAsync(HttpMethod.Post, "/v1/payments", "shop-key", content);

        Assert.Equal((400, "content-encoding"), (answer.Status, Assert.Single(answer.Fields)));
    }

    private async Task<string> ExchangeAsync(string protocol, string headers, string body)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var socket = new TcpClient();
        await socket.ConnectAsync(_node.Address.Host, _node.Address.Port, patience.Token);
        var stream = socket.GetStream();
        var request = $"POST /v1/payments {protocol}\r\nHost: node\r\nAuthorization: Bearer shop-key\r\nConnection: close\r\n"
            + $"Content-Type: application/json\r\n{headers}{body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), patience.Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(patience.Token);
    }
}
