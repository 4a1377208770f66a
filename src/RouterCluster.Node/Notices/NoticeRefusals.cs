using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Notices;

internal static class NoticeRefusals
{
    public static readonly Refusal BadSignature = new(401, "bad_signature", "The notification's signature is wrong");

    public static readonly Refusal StaleTimestamp = new(
        401, "stale_timestamp", "The notification's time is too far from ours",
        "The signature is right. Sign the notification anew when it is sent again, and compare the clocks.");

    public static readonly Refusal NoticeNotStored = new(
        503, "unavailable", "The notification cannot be stored at the moment", "Send it again.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static Refusal TooManyNotices(TimeSpan retryAfter) =>
        new(429, "rate_limit", "More notifications than are taken at once", "Send it again.") { RetryAfter = retryAfter };
}
