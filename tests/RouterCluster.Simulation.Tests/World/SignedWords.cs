using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>A word as it is sent: body, timestamp and signature.</summary>
internal sealed record SignedWords(byte[] Body, string Timestamp, string Signature)
{
    public const string Secret = "simulated";
    public const string Reference = "ch-1";
    public const string SecondReference = "ch-2";
    private const string GuessedSecret = "guessed";

    public static SignedWords Sign(Word word, DateTimeOffset now)
    {
        var isAbsent = word.Status == Word.NotFound;
        var reference = word.Reference is { } known && !isAbsent ? $"\"{known}\"" : "null";
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"order_no":"{{word.OrderNo}}","channel_order_no":{{reference}},"status":"{{word.Status}}",
            "code":"{{word.Code}}","message":null,"amount":{{(isAbsent ? 0 : word.Amount)}},"currency":"{{word.Currency}}"}
            """);
        var timestamp = (now - word.Age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var secret = Encoding.UTF8.GetBytes(word.IsSigned ? Secret : GuessedSecret);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{timestamp}.{body}")));
        return new SignedWords(Encoding.UTF8.GetBytes(body), timestamp, signature);
    }
}

/// <summary>The time that companies and protocols see.</summary>
internal sealed class TrueClock(Life life) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => LifeSettings.Birth + life.Time.Now;
}
