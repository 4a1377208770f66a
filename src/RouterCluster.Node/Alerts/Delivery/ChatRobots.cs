using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RouterCluster.Domain.Alerts;

namespace RouterCluster.Node.Alerts.Delivery;

/// <summary>A robot of a DingTalk group. The signature goes into the URL.</summary>
/// <remarks>https://open.dingtalk.com/document/robots/custom-robot-access</remarks>
internal sealed class DingTalkRobot(RobotSettings settings, RobotText text) : IRobot
{
    public HttpRequestMessage Request(IReadOnlyList<Announcement> announcements, DateTimeOffset now) =>
        Robots.Post(UrlAt(now), new JsonObject
        {
            ["msgtype"] = "markdown",
            ["markdown"] = new JsonObject
            {
                ["title"] = text.TitleOf(announcements),
                ["text"] = text.Of(announcements).Replace("\n", "  \n", StringComparison.Ordinal),
            },
        });

    public string? FaultOf(string answer) => Robots.FaultOf(answer, "errcode");

    private string UrlAt(DateTimeOffset now)
    {
        if (settings.Secret is not { Value: var secret })
        {
            return settings.Url.Value;
        }

        var timestamp = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var sign = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}\n{secret}"));
        var joint = settings.Url.Value.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return $"{settings.Url.Value}{joint}timestamp={timestamp}&sign={Uri.EscapeDataString(Convert.ToBase64String(sign))}";
    }
}

/// <summary>A robot of a WeCom group: no signature, the key in the URL is all.</summary>
/// <remarks>https://developer.work.weixin.qq.com/document/path/91770</remarks>
internal sealed class WeComRobot(RobotSettings settings, RobotText text) : IRobot
{
    /// <summary>Longer contents are refused, counted in bytes of UTF-8.</summary>
    private const int MostBytes = 4096;

    public HttpRequestMessage Request(IReadOnlyList<Announcement> announcements, DateTimeOffset now) =>
        Robots.Post(settings.Url.Value, new JsonObject
        {
            ["msgtype"] = "markdown",
            ["markdown"] = new JsonObject { ["content"] = Cut(text.Of(announcements)) },
        });

    public string? FaultOf(string answer) => Robots.FaultOf(answer, "errcode");

    private static string Cut(string content)
    {
        var bytes = 0;
        var letters = content.EnumerateRunes().TakeWhile(rune => (bytes += rune.Utf8SequenceLength) <= MostBytes);
        return string.Concat(letters);
    }
}

/// <summary>
/// A robot of a Feishu group. The signature goes into the body: its key is timestamp and secret, its text is empty.
/// </summary>
/// <remarks>https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot</remarks>
internal sealed class FeishuRobot(RobotSettings settings, RobotText text) : IRobot
{
    public HttpRequestMessage Request(IReadOnlyList<Announcement> announcements, DateTimeOffset now)
    {
        var body = new JsonObject
        {
            ["msg_type"] = "text",
            ["content"] = new JsonObject { ["text"] = text.Of(announcements) },
        };
        if (settings.Secret is { Value: var secret })
        {
            var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            body["timestamp"] = timestamp;
            body["sign"] = Convert.ToBase64String(
                HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{timestamp}\n{secret}"), Array.Empty<byte>()));
        }

        return Robots.Post(settings.Url.Value, body);
    }

    /// <summary>Older robots answer with the second name.</summary>
    public string? FaultOf(string answer) => Robots.FaultOf(answer, "code", "StatusCode");
}
