using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Notices;

internal static class NoticeRefusals
{
    public static readonly Refusal BadSignature = new(401, "bad_signature", "The notice's signature is wrong");

    public static readonly Refusal StaleTimestamp = new(
        401, "stale_timestamp", "The notice's time is too far from ours",
        "The signature is right. Sign the notice anew when it is sent again, and compare the clocks.");

    public static readonly Refusal NoticeNotStored = new(
        503, "unavailable", "The notice cannot be stored at the moment", "Send it again.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static Refusal TooManyNotices(TimeSpan retryAfter) =>
        new(429, "rate_limit", "More notices than are taken at once", "Send it again.") { RetryAfter = retryAfter };
}
