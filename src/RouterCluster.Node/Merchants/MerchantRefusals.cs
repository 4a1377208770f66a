using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Merchants;

internal static class MerchantRefusals
{
    public static Refusal MerchantLimit(string detail, TimeSpan retryAfter) =>
        new(429, "merchant_limit", "A limit of the merchant is reached", detail) { RetryAfter = retryAfter };
}
