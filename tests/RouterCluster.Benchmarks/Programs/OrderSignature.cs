using System.Security.Cryptography;
using System.Text;

namespace RouterCluster.Benchmarks.Programs;

/// <summary>The signature of protocol <c>http-json</c>, as a payment company's customer writes it.</summary>
internal static class OrderSignature
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(PaymentCompany.Secret);

    public static HttpRequestMessage SignedOrder(Uri orders, string body)
    {
        var timestamp = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}";
        return new HttpRequestMessage(HttpMethod.Post, orders)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers =
            {
                { "X-Merchant", PaymentCompany.Merchant },
                { "X-Timestamp", timestamp },
                { "X-Signature", Of(timestamp, body) },
            },
        };
    }

    public static bool IsRight(HttpResponseMessage answer, string body) =>
        Of(answer.Headers.GetValues("X-Timestamp").Single(), body) == answer.Headers.GetValues("X-Signature").Single();

    private static string Of(string timestamp, string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes($"{timestamp}.{body}")));
}
