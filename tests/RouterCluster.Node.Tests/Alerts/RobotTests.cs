using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using RouterCluster.Domain.Alerts;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Alerts.Delivery;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Alerts;

/// <summary>Each kind of robot against its documentation: the place of the signature, and its word for "taken".</summary>
public sealed class RobotTests
{
    private const string Secret = "SEC-of-the-robot";
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly AlertSettings Settings = TestNode.Settings("").Alerts;

    private static readonly Announcement[] Two =
    [
        new(AnnouncementKind.Raised, FakeAlerts.Active), new(AnnouncementKind.Resolved, FakeAlerts.Over),
    ];

    [Fact]
    public async Task DingTalk_gets_its_signature_in_the_URL()
    {
        var (uri, _, body) = await SentAsync(Robot(RobotKind.DingTalk, "http://ding.example/robot/send?access_token=t", Secret));

        var query = HttpUtility.ParseQueryString(uri.Query);
        var timestamp = Now.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(("t", timestamp), (query["access_token"], query["timestamp"]));
        Assert.Equal(
            Convert.ToBase64String(HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{timestamp}\n{Secret}"))),
            query["sign"]);
        Assert.Equal("markdown", (string?)body["msgtype"]);
        Shows((string?)body["markdown"]!["text"]);
    }

    [Fact]
    public async Task Feishu_gets_its_signature_in_the_body()
    {
        var (uri, _, body) = await SentAsync(Robot(RobotKind.Feishu, "http://feishu.example/hook/1", Secret));

        var timestamp = Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal("http://feishu.example/hook/1", uri.AbsoluteUri);
        Assert.Equal(timestamp, (string?)body["timestamp"]);
        Assert.Equal(
            Convert.ToBase64String(
                HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{timestamp}\n{Secret}"), Array.Empty<byte>())),
            (string?)body["sign"]);
        Shows((string?)body["content"]!["text"]);
    }

    [Fact]
    public async Task WeCom_gets_no_more_bytes_than_it_takes()
    {
        var many = Enumerable.Repeat(new Announcement(
            AnnouncementKind.Raised, FakeAlerts.Active with { Message = new string('渠', 500) }), 10).ToArray();
        var (_, _, body) = await SentAsync(Robot(RobotKind.WeCom, "http://wecom.example/send?key=k", null), many);

        var content = (string?)body["markdown"]!["content"];
        Assert.InRange(Encoding.UTF8.GetByteCount(content!), 4000, 4096);
        Assert.EndsWith("渠", content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_gets_the_alerts_as_the_API_shows_them_signed_over_time_and_body()
    {
        var (_, request, body) = await SentAsync(Robot(RobotKind.Webhook, "http://any.example/", Secret));

        Assert.Equal("local", (string?)body["environment"]);
        Assert.Equal(
            ["active", "resolved"], body["alerts"]!.AsArray().Select(alert => (string?)alert!["state"]));
        var timestamp = request.Headers.GetValues("X-Timestamp").Single();
        Assert.Equal(
            Convert.ToHexStringLower(HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(Secret),
                Encoding.UTF8.GetBytes($"{timestamp}.{await request.Content!.ReadAsStringAsync()}"))),
            request.Headers.GetValues("X-Signature").Single());
    }

    [Theory]
    [InlineData(RobotKind.DingTalk, """{"errcode":0,"errmsg":"ok"}""", true)]
    [InlineData(RobotKind.DingTalk, """{"errcode":310000,"errmsg":"sign not match"}""", false)]
    [InlineData(RobotKind.WeCom, """{"errcode":0}""", true)]
    [InlineData(RobotKind.WeCom, """{"errcode":45009}""", false)]
    [InlineData(RobotKind.Feishu, """{"code":0,"msg":"success"}""", true)]
    [InlineData(RobotKind.Feishu, """{"StatusCode":0}""", true)]
    [InlineData(RobotKind.Feishu, """{"code":19021}""", false)]
    [InlineData(RobotKind.Feishu, "<html>", false)]
    [InlineData(RobotKind.WeCom, "{}", false)]
    [InlineData(RobotKind.Webhook, "", true)]
    public void An_answer_says_whether_the_message_was_taken(RobotKind kind, string answer, bool isTaken) =>
        Assert.Equal(isTaken, Robots.Of(Robot(kind, "http://any.example/", null), Settings, "local").FaultOf(answer) is null);

    [Fact]
    public void Neither_URL_nor_secret_of_a_robot_is_ever_printed()
    {
        var robot = Robot(RobotKind.DingTalk, "http://ding.example/robot/send?access_token=hidden", Secret);
        Assert.DoesNotContain("hidden", $"{robot}", StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, $"{robot}", StringComparison.Ordinal);
    }

    private static RobotSettings Robot(RobotKind kind, string url, string? secret) => new(
        "duty", kind, new Secret(url), secret is null ? null : new Secret(secret), [AlertSeverity.Page]);

    private static async Task<(Uri Uri, HttpRequestMessage Request, JsonNode Body)> SentAsync(
        RobotSettings robot, params Announcement[] announcements)
    {
        var request = Robots.Of(robot, Settings, "local").Request(announcements.Length > 0 ? announcements : Two, Now);
        return (request.RequestUri!, request, JsonNode.Parse(await request.Content!.ReadAsStringAsync())!);
    }

    private static void Shows(string? text)
    {
        Assert.Contains("[page] channel_outage: channel alpha (local)", text, StringComparison.Ordinal);
        Assert.Contains("src/docs/runbooks/channel_outage.md", text, StringComparison.Ordinal);
        Assert.Contains("[over] impossible_state: the installation (local)", text, StringComparison.Ordinal);
    }
}
