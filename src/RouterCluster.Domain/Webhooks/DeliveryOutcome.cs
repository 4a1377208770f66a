namespace RouterCluster.Domain.Webhooks;

/// <summary>What became of one attempt to deliver.</summary>
/// <param name="Status">The HTTP status; null when there was none.</param>
/// <param name="Error">In the absence of a status: why there is none, in one word.</param>
/// <param name="RetryAfter">How long the receiver asks to be left alone.</param>
public sealed record DeliveryOutcome(int? Status, string? Error, TimeSpan? RetryAfter = null)
{
    private const int Gone = 410;
    private const int TooMany = 429;
    private const int Unavailable = 503;

    public static DeliveryOutcome Answered(int status, TimeSpan? retryAfter = null) => new(status, null, retryAfter);

    public static DeliveryOutcome Unanswered(string error) => new(null, error);

    public bool IsDelivered => Status is >= 200 and <= 299;

    public bool IsGone => Status == Gone;

    /// <summary>The endpoint cannot cope, as opposed to: it does not want this one.</summary>
    public bool IsTrouble => Status is null or TooMany or >= 500;

    /// <summary>Counts only where the specification of HTTP gives it this meaning.</summary>
    public TimeSpan? Pause => Status is TooMany or Unavailable ? RetryAfter : null;
}
