using System.Net.Sockets;
using System.Text;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Platform.Http;

public sealed class BodyLimitTests : IAsyncLifetime
{
    private const int Limit = 65536;
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_length_above_the_limit_is_refused_before_a_byte_of_the_body_came()
    {
        var answer = await ExchangeAsync($"Content-Length: {Limit + 1}\r\n", "");

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"too_large\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunked_body_is_read_up_to_the_limit_and_no_further()
    {
        var chunk = $"{Limit + 1:x}\r\n{new string(' ', Limit + 1)}";

        // No end of the chunk and no last chunk: whoever waits for them does not answer.
        var answer = await ExchangeAsync("Transfer-Encoding: chunked\r\n", chunk);

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunk_longer_than_numbers_go_is_the_request_s_mistake()
    {
        var answer = await ExchangeAsync("Transfer-Encoding: chunked\r\n", "ffffffffffff\r\n{");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_read()
    {
        var body = Samples.Body().ToJsonString();

        var answer = await _node.PostTextAsync(body + new string(' ', Limit - body.Length));

        Assert.Equal(201, answer.Status);
    }

    private async Task<string> ExchangeAsync(string header, string body)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var socket = new TcpClient();
        await socket.ConnectAsync(_node.Address.Host, _node.Address.Port, patience.Token);
        var stream = socket.GetStream();
        var request = "POST /v1/payments HTTP/1.1\r\nHost: node\r\nAuthorization: Bearer shop-key\r\n"
            + $"Content-Type: application/json\r\n{header}\r\n{body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), patience.Token);

        // The server goes on to throw away what a client still sends, so the end of the connection is not waited for.
        using var reader = new StreamReader(stream);
        var answer = new StringBuilder();
        var buffer = new char[1024];
        while (!answer.ToString().EndsWith('}'))
        {
            var count = await reader.ReadAsync(buffer, patience.Token);
            Assert.True(count > 0, $"The answer ended early: {answer}");
            answer.Append(buffer, 0, count);
        }

        return answer.ToString();
    }
}
