using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace RouterCluster.Channels.Tests.Simulator;

public sealed class NotifyTests : SimulatorTest, IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Body, bool IsSigned, string? Merchant)> _notices = new();
    private readonly string _url;

    public NotifyTests()
    {
        _url = $"http://127.0.0.1:{FreePort()}/notify/";
        _listener.Prefixes.Add(_url);
        _listener.Start();
        _ = ReceiveAsync();
    }

    public void Dispose() => _listener.Close();

    [Theory]
    [InlineData("once", 1)]
    [InlineData("twice", 2)]
    [InlineData("early", 1)]
    public async Task The_outcome_is_sent_as_signed_as_an_answer(string notify, int times)
    {
        await Psp.SetAsync($$"""{ "notify": "{{notify}}" }""");
        var answer = await Psp.SubmitAsync("order1", 800, _url);

        await SimulatedPsp.Eventually(() => Task.FromResult(_notices.Count == times));
        Assert.All(_notices, notice => Assert.Equal((answer.Text, true, "M1"), notice));
    }

    [Fact]
    public async Task Early_is_before_the_answer()
    {
        await Psp.SetAsync("""{ "notify": "early" }""");
        await Psp.SubmitAsync("order1", notifyUrl: _url);

        Assert.Single(_notices);
    }

    [Fact]
    public async Task A_lost_answer_is_notified_all_the_same()
    {
        await Psp.SetAsync("""{ "mode": "lost_response", "notify": "once" }""");
        using var giveUp = new CancellationTokenSource();
        var submit = Psp.SubmitAsync("order1", notifyUrl: _url, cancellation: giveUp.Token);

        await SimulatedPsp.Eventually(() => Task.FromResult(_notices.Count == 1));
        Assert.False(submit.IsCompleted);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submit);
    }

    [Fact]
    public async Task Processing_is_notified_when_it_is_final()
    {
        await Psp.SetAsync("""{ "mode": "processing", "query_visible_after_ms": 200, "notify": "once" }""");
        Assert.Equal("processing", (await Psp.SubmitAsync("order1", notifyUrl: _url)).Status);

        await SimulatedPsp.Eventually(() => Task.FromResult(_notices.Count == 1));
        Assert.Contains("\"succeeded\"", _notices.Single().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("not a url")]
    [InlineData("http://127.0.0.1:1/nobody")]
    public async Task An_address_that_cannot_be_notified_harms_nothing(string url)
    {
        await Psp.SetAsync("""{ "notify": "twice" }""");

        Assert.Equal("00", (await Psp.SubmitAsync("order1", notifyUrl: url)).Code);
        Assert.Equal("00", (await Psp.SubmitAsync("order2", notifyUrl: _url)).Code);
        await SimulatedPsp.Eventually(() => Task.FromResult(_notices.Count == 2));
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task ReceiveAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                var headers = context.Request.Headers;
                using var reader = new StreamReader(context.Request.InputStream);
                var body = await reader.ReadToEndAsync();
                var isSigned = SimulatedPsp.Sign(headers["X-Timestamp"]!, body) == headers["X-Signature"];
                _notices.Enqueue((body, isSigned, headers["X-Merchant"]));
                context.Response.Close();
            }
            catch (Exception failure) when (failure is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
