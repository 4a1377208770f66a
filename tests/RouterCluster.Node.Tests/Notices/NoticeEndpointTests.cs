using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Notices;

/// <summary>Who is let in, what is believed, and when 200 is said, in front of books that answer as told.</summary>
public sealed class NoticeEndpointTests
{
    private const string OrderNo = "00a1b2c3d4e5f6g7h8j9k0m1n2p3q01";

    [Theory]
    [InlineData(NoticeFate.Stored, 0)]
    [InlineData(NoticeFate.Known, 0)]
    [InlineData(NoticeFate.UnknownOrder, 1)]
    [InlineData(NoticeFate.WrongChannel, 1)]
    [InlineData(NoticeFate.WrongAmount, 1)]
    [InlineData(NoticeFate.WrongCurrency, 1)]
    public async Task A_verified_notice_is_heard_by_its_book_or_kept_among_the_strays(NoticeFate fate, int strays)
    {
        await using var node = await TestNode.StartAsync();
        node.Payments.OnHear = new BookAnswer.Heard(fate);

        var answer = await NotifyAsync(node, new SignedNotice(OrderNo));

        Assert.Equal((200, ""), (answer.Status, answer.Text));
        var (channel, notice) = Assert.Single(node.Payments.Heard);
        Assert.Equal(("alpha", OrderNo, 12_000L), (channel.Value, notice.OrderNo, notice.Amount.Minor));
        Assert.Equal(new Outcome(OutcomeClass.Success, Landing.Landed, "00", null, "C1"), notice.Outcome);
        Assert.Equal(strays, node.Strays.Kept.Count);
        Assert.All(node.Strays.Kept, stray => Assert.Equal((fate.Name(), "success"), (stray.Reason, stray.Class)));
    }

    [Fact]
    public async Task A_forged_or_stale_notice_is_401_and_nothing_else_happens()
    {
        await using var node = await TestNode.StartAsync();
        (SignedNotice Notice, string Code)[] refused =
        [
            (new(OrderNo) { Secret = "guessed" }, "bad_signature"),
            (new(OrderNo) { Secret = "guessed", At = DateTimeOffset.UtcNow.AddSeconds(-330) }, "bad_signature"),
            (new(OrderNo) { At = DateTimeOffset.UtcNow.AddSeconds(-330) }, "stale_timestamp"),
            (new(OrderNo) { At = DateTimeOffset.UtcNow.AddSeconds(330) }, "stale_timestamp"),
        ];
        foreach (var (notice, code) in refused)
        {
            var answer = await NotifyAsync(node, notice);
            Assert.Equal((401, code), (answer.Status, answer.Code));
        }

        Assert.Equal(401, (await node.SendAsync(HttpMethod.Post, "/v1/channels/alpha/notify", null, "{}")).Status);
        Assert.Empty(node.Payments.Heard);
        Assert.Empty(node.Strays.Kept);
        Assert.Single(node.Log.Lines, line => line.Contains("was refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_notice_of_a_channel_of_ours_is_refused()
    {
        await using var node = await TestNode.StartAsync();

        var unknown = await NotifyAsync(node, new SignedNotice(OrderNo), "nobody");
        var unreadable = await NotifyAsync(node, new SignedNotice(OrderNo) { Body = "[]" });
        var large = await NotifyAsync(node, new SignedNotice(OrderNo) { Body = "{}".PadRight((64 * 1024) + 1) });

        Assert.Equal((404, "not_found"), (unknown.Status, unknown.Code));
        Assert.Equal((400, "invalid"), (unreadable.Status, unreadable.Code));
        Assert.Equal((413, "too_large"), (large.Status, large.Code));
        Assert.Empty(node.Payments.Heard);
    }

    [Theory]
    [InlineData("failed", "99", "M", "says_nothing")]
    [InlineData("succeeded", "51", "M", "says_nothing")]
    [InlineData("succeeded", "00", "M2", "wrong_merchant")]
    public async Task A_notice_that_does_not_speak_of_an_order_is_kept_and_no_book_hears_it(
        string status, string code, string merchant, string reason)
    {
        await using var node = await TestNode.StartAsync();

        var answer = await NotifyAsync(node, new SignedNotice(OrderNo) { Status = status, Code = code, Merchant = merchant });

        Assert.Equal(200, answer.Status);
        Assert.Equal(reason, Assert.Single(node.Strays.Kept).Reason);
        Assert.Empty(node.Payments.Heard);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_503_so_that_the_channel_sends_it_again()
    {
        await using var node = await TestNode.StartAsync();
        node.Payments.OnHear = new BookAnswer.OutOfReach();
        await AssertSendAgainAsync(node);

        node.Payments.OnHear = new BookAnswer.Heard(NoticeFate.UnknownOrder);
        node.Strays.IsLost = true;
        await AssertSendAgainAsync(node);

        node.Get<Readiness>().Drain();
        await AssertSendAgainAsync(node);
    }

    [Theory]
    [InlineData("[\"10.0.0.0/8\"]", null, 403)]
    [InlineData("[\"10.0.0.0/8\"]", "10.1.1.1", 200)]
    [InlineData("[\"10.0.0.0/8\"]", "10.1.1.1, 203.0.113.9", 403)]
    [InlineData("[\"127.0.0.0/8\"]", null, 200)]
    [InlineData("[\"*\"]", null, 200)]
    public async Task Notices_come_from_the_channels_own_addresses(string allowed, string? forwardedFor, int status)
    {
        await using var node = await TestNode.StartAsync(
            $"router {{ trusted-proxies = [\"127.0.0.1\"], channels.alpha.notify-allowed-ips = {allowed} }}");

        Assert.Equal(status, (await NotifyAsync(node, new SignedNotice(OrderNo), forwardedFor: forwardedFor)).Status);
        Assert.Equal(status == 200 ? 1 : 0, node.Payments.Heard.Count);
    }

    [Fact]
    public async Task Above_its_rate_a_channel_is_told_to_come_again_and_forged_notices_take_none_of_it()
    {
        await using var node = await TestNode.StartAsync("router.channels.alpha.notify-rate-per-second = 0.01");
        Assert.Equal(401, (await NotifyAsync(node, new SignedNotice(OrderNo) { Secret = "guessed" })).Status);
        Assert.Equal(200, (await NotifyAsync(node, new SignedNotice(OrderNo))).Status);

        var answer = await NotifyAsync(node, new SignedNotice(OrderNo));

        Assert.Equal((429, "rate_limit"), (answer.Status, answer.Code));
        Assert.True(answer.Message.Headers.RetryAfter!.Delta > TimeSpan.FromSeconds(50));
        Assert.Single(node.Payments.Heard);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_not_waited_for()
    {
        await using var node = await TestNode.StartAsync("router.http.notice-timeout = 200ms");
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, node.Address.Port);
        await client.GetStream().WriteAsync(
            "POST /v1/channels/alpha/notify HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{"u8.ToArray());

        using var reader = new StreamReader(client.GetStream());
        var status = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.StartsWith("HTTP/1.1 408", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channels_reach_the_merchants_listener_and_not_the_operators()
    {
        var (merchants, operators) = (FreePort.Next(), FreePort.Next());
        string[] urls = [$"http://127.0.0.1:{merchants}", $"http://127.0.0.1:{operators}"];
        await using var node = await TestNode.StartAsync(
            $"router {{ http.url = \"{urls[0]}\", admin-url = \"{urls[1]}\" }}", urls: urls);

        int[] statuses = [.. await Task.WhenAll(urls.Select(async url => (int)(await node.Client.PostAsync(
            new Uri(new Uri(url), "/v1/channels/alpha/notify"), new SignedNotice(OrderNo).Content())).StatusCode))];

        Assert.Equal([200, 404], statuses);
    }

    [Fact]
    public async Task Operators_see_the_strays_page_by_page()
    {
        await using var node = await TestNode.StartAsync();
        node.Payments.OnHear = new BookAnswer.Heard(NoticeFate.UnknownOrder);
        await NotifyAsync(node, new SignedNotice("not-of-our-form"));

        var page = await node.GetAsync("/admin/v1/notices?limit=5&cursor=here", "t-viewer");

        var stray = page.Json!["items"]!.AsArray().Single()!;
        Assert.Equal(
            ("alpha", "not-of-our-form", "unknown_order", "success", "00", 12_000L, "CNY", 1L),
            ((string)stray["channel"]!, (string)stray["order_no"]!, (string)stray["reason"]!, (string)stray["class"]!,
             (string)stray["code"]!, (long)stray["amount"]!, (string)stray["currency"]!, (long)stray["times"]!));
        Assert.Equal("more", (string)page.Json["next"]!);
        Assert.Equal((400, "invalid"), await StatusAsync(node, "/admin/v1/notices?cursor=made-up", "t-viewer"));
        Assert.Equal((401, "unauthorized"), await StatusAsync(node, "/admin/v1/notices", "shop-key"));
    }

    private static async Task<(int, string?)> StatusAsync(TestNode node, string path, string key)
    {
        var answer = await node.GetAsync(path, key);
        return (answer.Status, answer.Code);
    }

    private static async Task AssertSendAgainAsync(TestNode node)
    {
        var answer = await NotifyAsync(node, new SignedNotice(OrderNo));
        Assert.Equal(503, answer.Status);
        Assert.NotNull(answer.Message.Headers.RetryAfter);
    }

    private static Task<Answer> NotifyAsync(
        TestNode node, SignedNotice notice, string channel = "alpha", string? forwardedFor = null) => node.SendAsync(
        HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/v1/channels/{channel}/notify"), null, notice.Content(),
        forwardedFor: forwardedFor);
}
