using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RouterCluster.Channels.Tests.HttpJson;

/// <summary>The company's side of the protocol, written on its own so that it cannot share a mistake with the client.</summary>
internal static class HttpJsonWire
{
    public const string MerchantId = "M1";
    public const string Secret = "s3cret-of-alpha";

    public static string Sign(string timestamp, byte[] content, string secret = Secret)
    {
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        var hash = hmac.ComputeHash([.. Encoding.UTF8.GetBytes(timestamp), (byte)'.', .. content]);
        return string.Concat(hash.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>A signed answer of any status with any body.</summary>
    public static byte[] Signed(int status, string json, DateTimeOffset now) => Signed(status, Encoding.UTF8.GetBytes(json), now);

    public static byte[] Signed(int status, byte[] body, DateTimeOffset now, string secret = Secret)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Http(status, body, $"X-Timestamp: {timestamp}\r\nX-Signature: {Sign(timestamp, body, secret)}\r\n");
    }

    public static byte[] Http(int status, byte[] body, string headers) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status} Some Reason\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{headers}\r\n"),
        .. body,
    ];

    public static string Json(
        string orderNo, string status, string code, long amount, string currency, string? channelOrderNo = "C2026", string? message = null) =>
        $$"""
        {"order_no":{{Text(orderNo)}},"channel_order_no":{{Text(channelOrderNo)}},"status":{{Text(status)}},"code":{{Text(code)}},
         "message":{{Text(message)}},"amount":{{amount}},"currency":{{Text(currency)}}}
        """;

    private static string Text(string? value) => System.Text.Json.JsonSerializer.Serialize(value);
}
