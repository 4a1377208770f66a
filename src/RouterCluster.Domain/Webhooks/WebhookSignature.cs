using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RouterCluster.Domain.Webhooks;

/// <summary>
/// <see href="https://www.standardwebhooks.com">Standard Webhooks 1.0.0</see>, once with each secret, so that a receiver
/// can change secrets at leisure.
/// </summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string Version = "v1,";

    /// <param name="secrets">The secrets' bytes, the prefix <c>whsec_</c> taken off and the rest decoded.</param>
    public static string Sign(
        IEnumerable<ReadOnlyMemory<byte>> secrets, string id, DateTimeOffset sentAt, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes($"{id}.{Timestamp(sentAt)}.");
        byte[] content = [.. head, .. body];
        var signatures = secrets.Select(secret => Convert.ToBase64String(HMACSHA256.HashData(secret.Span, content)));
        return string.Join(' ', signatures.Select(signature => Version + signature));
    }

    public static string Timestamp(DateTimeOffset sentAt) => sentAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
