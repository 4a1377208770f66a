using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace RouterCluster.Node.Tests.Notices;

/// <summary>A payment company's notice, signed on its own so that it cannot share a mistake with the router.</summary>
internal sealed record SignedNotice(string OrderNo)
{
    public string Status { get; init; } = "succeeded";

    public string Code { get; init; } = "00";

    public long Amount { get; init; } = 12_000;

    public string Secret { get; init; } = "s";

    public string Merchant { get; init; } = "M";

    public DateTimeOffset At { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>In place of the body that the rest describes.</summary>
    public string? Body { get; init; }

    public HttpContent Content()
    {
        var body = Encoding.UTF8.GetBytes(Body ?? $$"""
            {"order_no":"{{OrderNo}}","channel_order_no":"C1","status":"{{Status}}","code":"{{Code}}","message":"",
             "amount":{{Amount}},"currency":"CNY"}
            """);
        var timestamp = At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp), (byte)'.', .. body];
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.Add("X-Merchant", Merchant);
        content.Headers.Add("X-Timestamp", timestamp);
        content.Headers.Add("X-Signature", Convert.ToHexStringLower(signature));
        return content;
    }
}
