namespace RouterCluster.Api;

/// <summary>
/// What a webhook says or would say: <paramref name="Data"/> is the payment as it was at <paramref name="Timestamp"/>, and
/// <paramref name="Id"/> the webhook's <c>webhook-id</c>.
/// </summary>
public sealed record EventBody(string Id, string Type, DateTimeOffset Timestamp, PaymentBody Data);

/// <summary>Something that has happened to the router, in the form of an annotation.</summary>
/// <param name="Kind"><c>breaker</c>, <c>outage</c>, <c>maintenance</c>, <c>operator</c>, <c>policy</c>, <c>configuration</c>,
/// <c>node</c> or <c>alert</c>.</param>
/// <param name="Channel">Null when it is about none, or about several.</param>
/// <param name="Text">One line.</param>
/// <param name="Tags">The kind, the channel, and more words to find it by.</param>
public sealed record RouterEventBody(
    DateTimeOffset Time, string Kind, string? Channel, string Text, IReadOnlyList<string> Tags);

/// <summary>How a test webhook ended. Without an answer there is no status, and <paramref name="Error"/> says why.</summary>
public sealed record WebhookTestedBody(string Id, string Url, bool Delivered, int? Status, string? Error, long TookMs);

/// <summary>The body of a test webhook: it is about no payment.</summary>
public sealed record WebhookTestBody(string Type, DateTimeOffset Timestamp, WebhookTestData Data);

public sealed record WebhookTestData(string Merchant);

/// <summary>
/// So many webhooks are sent again. <paramref name="Next"/> is the time from which there are more to ask for; null: all were.
/// </summary>
public sealed record WebhooksResentBody(int Resent, DateTimeOffset? Next);
