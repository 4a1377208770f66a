using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Webhooks;

/// <param name="Body">The signed bytes, the same at every attempt.</param>
/// <param name="Attempts">Failed attempts since it was written or last sent again on demand.</param>
/// <param name="Round">How often an operator had it sent again; the end of an earlier round is not recorded.</param>
public sealed record DueNotification(
    NotificationId Id, MerchantId Merchant, string Url, ReadOnlyMemory<byte> Body, int Attempts, long Round, bool IsHeld);

/// <param name="Due">Grouped by endpoint, in each the longest due first.</param>
/// <param name="NextDue">After this moment; null: none is known.</param>
public sealed record DuePage(IReadOnlyList<DueNotification> Due, DateTimeOffset? NextDue)
{
    public IReadOnlyCollection<string> More { get; init; } = [];

    /// <summary>Where the next read goes on; null: at no endpoint.</summary>
    public string? Next { get; init; }
}

/// <param name="After">The endpoint after which it begins; empty: at the first.</param>
/// <param name="Limit">The read ends with the endpoint that reaches this number.</param>
/// <param name="Hosts">Hosts all of whose endpoints are left out.</param>
public sealed record DueQuery(
    string After, int Limit, int LimitOfEndpoint, IReadOnlyCollection<string> Endpoints, IReadOnlyCollection<string> Hosts);

/// <param name="Attempts">Including this one.</param>
/// <param name="DueAt">When the next attempt is due, where the state is pending.</param>
public sealed record DeliveryRecord(
    NotificationId Id, string Url, long Round, NotificationState State, int Attempts, DateTimeOffset At,
    DateTimeOffset DueAt, DeliveryOutcome Outcome);

public abstract record NotificationOutput
{
    private NotificationOutput()
    {
    }

    /// <summary>Answered with <c>PageRead</c> or <c>StorageFailed</c>.</summary>
    public sealed record Read(DueQuery Query) : NotificationOutput;

    /// <summary>Answered with <c>Sent</c>, however it ends.</summary>
    public sealed record Send(DueNotification Notification) : NotificationOutput;

    /// <summary>In one write. Answered with <c>Recorded</c> or <c>StorageFailed</c>.</summary>
    /// <param name="Gone">URLs that want nothing any more: all that is pending for them is held.</param>
    public sealed record Record(IReadOnlyList<DeliveryRecord> Deliveries, IReadOnlyList<string> Gone) : NotificationOutput;
}
