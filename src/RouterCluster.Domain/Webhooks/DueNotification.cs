using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Webhooks;

/// <summary>A notification that is to be sent now.</summary>
/// <param name="Body">The bytes that are signed and sent, at every attempt the same.</param>
/// <param name="Attempts">How many have failed since it was written or last sent again on demand.</param>
/// <param name="Round">How often an operator had it sent again; what an earlier round ends in is not recorded.</param>
/// <param name="IsHeld">Its URL has said that it is gone.</param>
public sealed record DueNotification(
    NotificationId Id, MerchantId Merchant, string Url, ReadOnlyMemory<byte> Body, int Attempts, long Round, bool IsHeld);

/// <summary>What one look at the table found.</summary>
/// <param name="Due">Endpoint by endpoint, of each the longest due first.</param>
/// <param name="NextDue">When the next one after this moment is due; null: none is known of.</param>
public sealed record DuePage(IReadOnlyList<DueNotification> Due, DateTimeOffset? NextDue)
{
    /// <summary>Endpoints that have more than was asked for.</summary>
    public IReadOnlyCollection<string> More { get; init; } = [];

    /// <summary>The endpoint behind which the next look goes on; null: there is none.</summary>
    public string? Next { get; init; }
}

/// <summary>A look at the table. Endpoints come in the order of their characters.</summary>
/// <param name="After">The endpoint after which it begins; empty: at the first.</param>
/// <param name="Limit">It ends with the endpoint that reaches so many.</param>
/// <param name="LimitOfEndpoint">No more of one endpoint.</param>
/// <param name="Endpoints">These are left out.</param>
/// <param name="Hosts">All endpoints of these are left out.</param>
public sealed record DueQuery(
    string After, int Limit, int LimitOfEndpoint, IReadOnlyCollection<string> Endpoints, IReadOnlyCollection<string> Hosts);

/// <summary>What the table has to be told of an attempt.</summary>
/// <param name="Attempts">With this one.</param>
/// <param name="DueAt">Of the next attempt, where the state is pending.</param>
public sealed record DeliveryRecord(
    NotificationId Id, string Url, long Round, NotificationState State, int Attempts, DateTimeOffset At,
    DateTimeOffset DueAt, DeliveryOutcome Outcome);

/// <summary>What a merchant's lane wants done.</summary>
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
