namespace RouterCluster.Domain.Webhooks;

/// <param name="Status">Null when there was none.</param>
/// <param name="Error">If there is no status: the reason in one word.</param>
public sealed record DeliveryOutcome(int? Status, string? Error, TimeSpan? RetryAfter = null)
{
    private const int Gone = 410;
    private const int TooMany = 429;
    private const int Unavailable = 503;

    public static DeliveryOutcome Answered(int status, TimeSpan? retryAfter = null) => new(status, null, retryAfter);

    public static DeliveryOutcome Unanswered(string error) => new(null, error);

    public bool IsDelivered => Status is >= 200 and <= 299;

    public bool IsGone => Status == Gone;

    /// <summary>The endpoint cannot cope; other failures mean that it does not want this webhook.</summary>
    public bool IsTrouble => Status is null or TooMany or >= 500;

    /// <summary>Counts only for statuses for which HTTP defines it.</summary>
    public TimeSpan? Pause => Status is TooMany or Unavailable ? RetryAfter : null;
}
