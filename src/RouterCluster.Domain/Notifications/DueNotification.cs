using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Notifications;

/// <summary>A notification that is to be sent now.</summary>
/// <param name="Body">The bytes that are signed and sent, at every attempt the same.</param>
/// <param name="Attempts">How many have failed since it was written or last sent again on demand.</param>
/// <param name="Round">How often an operator had it sent again; what an earlier round ends in is not recorded.</param>
/// <param name="IsHeld">Its URL has said that it is gone.</param>
public sealed record DueNotification(
    NotificationId Id, MerchantId Merchant, string Url, ReadOnlyMemory<byte> Body, int Attempts, long Round, bool IsHeld);

/// <summary>What one look at the table found.</summary>
/// <param name="Due">The longest due first.</param>
/// <param name="NextDue">When the next one after these is due; null: none is known of.</param>
public sealed record DuePage(IReadOnlyList<DueNotification> Due, DateTimeOffset? NextDue);

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
    public sealed record Read(int Limit) : NotificationOutput;

    /// <summary>Answered with <c>Sent</c>, however it ends.</summary>
    public sealed record Send(DueNotification Notification) : NotificationOutput;

    /// <summary>In one write. Answered with <c>Recorded</c> or <c>StorageFailed</c>.</summary>
    /// <param name="Gone">URLs that want nothing any more: all that is pending for them is held.</param>
    public sealed record Record(IReadOnlyList<DeliveryRecord> Deliveries, IReadOnlyList<string> Gone) : NotificationOutput;
}
