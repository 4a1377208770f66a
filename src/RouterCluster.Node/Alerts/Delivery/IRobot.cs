using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RouterCluster.Domain.Alerts;

namespace RouterCluster.Node.Alerts.Delivery;

/// <summary>The form in which one kind of robot takes messages.</summary>
internal interface IRobot
{
    HttpRequestMessage Request(IReadOnlyList<Announcement> announcements, DateTimeOffset now);

    /// <summary>Null: the answer, which came with HTTP 200, says that the message was taken.</summary>
    string? FaultOf(string answer);
}

internal static class Robots
{
    public static IRobot Of(RobotSettings robot, AlertSettings settings, string environment) => robot.Kind switch
    {
        RobotKind.Webhook => new WebhookRobot(robot, settings, environment),
        RobotKind.DingTalk => new DingTalkRobot(robot, new RobotText(settings, environment)),
        RobotKind.WeCom => new WeComRobot(robot, new RobotText(settings, environment)),
        RobotKind.Feishu => new FeishuRobot(robot, new RobotText(settings, environment)),
    };

    public static HttpRequestMessage Post(string url, JsonObject body) => new(HttpMethod.Post, url)
    {
        Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
    };

    /// <summary>Chat groups answer HTTP 200 to everything; a number in the body says whether they took it.</summary>
    /// <param name="names">Of the fields in which the number may stand.</param>
    public static string? FaultOf(string answer, params string[] names)
    {
        try
        {
            using var body = JsonDocument.Parse(answer);
            foreach (var name in names)
            {
                if (body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty(name, out var value)
                    && value.ValueKind == JsonValueKind.Number)
                {
                    return value.GetRawText() == "0" ? null : $"it answered {name} {value.GetRawText()}";
                }
            }
        }
        catch (JsonException)
        {
            return "its answer is no JSON";
        }

        return "its answer says nothing of the message";
    }
}
