using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RouterCluster.Api;
using RouterCluster.Domain.Alerts;

namespace RouterCluster.Node.Alerts.Delivery;

/// <summary>
/// Any program: alerts as the operators' API shows them. With a secret, <c>X-Signature</c> is the lower-case hex HMAC-SHA256 of
/// <c>X-Timestamp</c> (Unix seconds), a dot, and the raw body.
/// </summary>
internal sealed class WebhookRobot(RobotSettings robot, AlertSettings settings, string environment) : IRobot
{
    public HttpRequestMessage Request(IReadOnlyList<Announcement> announcements, DateTimeOffset now)
    {
        var request = Robots.Post(robot.Url.Value, new JsonObject
        {
            ["environment"] = environment,
            ["alerts"] = new JsonArray([.. announcements.Select(one => JsonSerializer.SerializeToNode(
                one.Alert.ToBody(settings, now), ApiJson.Default.AlertBody))]),
        });
        if (robot.Secret is { Value: var secret })
        {
            var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            request.Headers.Add("X-Timestamp", timestamp);
            request.Headers.Add("X-Signature", SignatureOf(request, timestamp, secret));
        }

        return request;
    }

    public string? FaultOf(string answer) => null;

    private static string SignatureOf(HttpRequestMessage request, string timestamp, string secret)
    {
        using var body = new MemoryStream();
        request.Content!.CopyTo(body, null, CancellationToken.None);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{timestamp}."), .. body.ToArray()];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
