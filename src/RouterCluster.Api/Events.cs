namespace RouterCluster.Api;

/// <summary>
/// What a webhook says or would say: <paramref name="Data"/> is the payment as it was at <paramref name="Timestamp"/>, and
/// <paramref name="Id"/> the webhook's <c>webhook-id</c>.
/// </summary>
public sealed record EventBody(string Id, string Type, DateTimeOffset Timestamp, PaymentBody Data);

/// <summary>How a test webhook ended. Without an answer there is no status, and <paramref name="Error"/> says why.</summary>
public sealed record WebhookTestedBody(string Id, string Url, bool Delivered, int? Status, string? Error, long TookMs);

/// <summary>The body of a test webhook: it is about no payment.</summary>
public sealed record WebhookTestBody(string Type, DateTimeOffset Timestamp, WebhookTestData Data);

public sealed record WebhookTestData(string Merchant);

/// <summary>
/// So many webhooks are sent again. <paramref name="Next"/> is the time from which there are more to ask for; null: all were.
/// </summary>
public sealed record WebhooksResentBody(int Resent, DateTimeOffset? Next);
