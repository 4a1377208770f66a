namespace RouterCluster.Api;

/// <summary>
/// What a merchant's endpoint receives. <paramref name="Timestamp"/> is when the payment came to this state, and
/// <paramref name="Data"/> the payment as it was then.
/// </summary>
public sealed record WebhookBody(string Type, DateTimeOffset Timestamp, PaymentBody Data);

/// <summary>
/// A notification in the delivery log. Attempts count from when it was written or last sent again; the next attempt is null
/// when none is planned, status and error are those of the last one.
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

/// <summary>A merchant's URLs are called again; so many notifications were held for them.</summary>
public sealed record NotificationsEnabledBody(string Merchant, int Released);
