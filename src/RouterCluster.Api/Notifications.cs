namespace RouterCluster.Api;

/// <summary>
/// The body of a webhook: <paramref name="Data"/> is the payment as it was at <paramref name="Timestamp"/>, when it came
/// to this state.
/// </summary>
public sealed record WebhookBody(string Type, DateTimeOffset Timestamp, PaymentBody Data);

/// <summary>
/// A webhook in the delivery log. Attempts count from when it was written or last sent again; the next attempt is null
/// when none is planned; status and error are those of the last attempt.
/// </summary>
public sealed record NotificationBody(
    string Id,
    string Merchant,
    string Payment,
    string Type,
    string Url,
    string State,
    int Attempts,
    DateTimeOffset CreatedAt,
    DateTimeOffset? NextAttemptAt,
    DateTimeOffset? LastAttemptAt,
    int? LastStatus,
    string? LastError);

/// <summary>A merchant's URLs are called again, and so many held webhooks are sent.</summary>
public sealed record NotificationsEnabledBody(string Merchant, int Released);
