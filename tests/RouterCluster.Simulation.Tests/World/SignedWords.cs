using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>What a company says of one order, as it is sent: body, timestamp and signature.</summary>
internal sealed record SignedWords(byte[] Body, string Timestamp, string Signature)
{
    public const string Secret = "simulated";
    public const string Reference = "ch-1";
    public const string SecondReference = "ch-2";

    public static SignedWords Sign(
        string orderNo, string status, string code, long amount, string secret, DateTimeOffset at,
        string reference = Reference)
    {
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"order_no":"{{orderNo}}","channel_order_no":"{{reference}}","status":"{{status}}",
            "code":"{{code}}","message":null,"amount":{{amount}},"currency":"CNY"}
            """);
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"{timestamp}.{body}");
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
        return new SignedWords(Encoding.UTF8.GetBytes(body), timestamp, signature);
    }
}

/// <summary>The time that companies and protocols see.</summary>
internal sealed class TrueClock(Life life) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => LifeSettings.Birth + life.Time.Now;
}
