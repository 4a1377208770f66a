using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Webhooks;

/// <summary>The numbers are stored: never re-used.</summary>
public enum NotificationType
{
    PaymentSucceeded = 1,
    PaymentFailed = 2,
    PaymentReturned = 3,
    PaymentSuspended = 4,
}

/// <summary>The numbers are stored: never re-used.</summary>
public enum NotificationState
{
    Pending = 1,
    Delivered = 2,

    Failed = 3,

    /// <summary>Its URL has answered 410 Gone: nothing is sent there until an operator demands it.</summary>
    Held = 4,
}

public static class NotificationNames
{
    public static readonly IReadOnlyList<NotificationState> States = Enum.GetValues<NotificationState>();

    /// <summary>Null: merchants are not told of this state.</summary>
    public static NotificationType? Notification(this PaymentState state) => state switch
    {
        PaymentState.Succeeded => NotificationType.PaymentSucceeded,
        PaymentState.Failed => NotificationType.PaymentFailed,
        PaymentState.Returned => NotificationType.PaymentReturned,
        PaymentState.Suspended => NotificationType.PaymentSuspended,
        PaymentState.Accepted or PaymentState.Processing or PaymentState.ActionRequired or PaymentState.Closed => null,
    };

    public static string Name(this NotificationType type) => type switch
    {
        NotificationType.PaymentSucceeded => "payment.succeeded",
        NotificationType.PaymentFailed => "payment.failed",
        NotificationType.PaymentReturned => "payment.returned",
        NotificationType.PaymentSuspended => "payment.suspended",
    };

    public static string Name(this NotificationState state) => state switch
    {
        NotificationState.Pending => "pending",
        NotificationState.Delivered => "delivered",
        NotificationState.Failed => "failed",
        NotificationState.Held => "held",
    };

    public static NotificationState? ParseState(string? name)
    {
        foreach (var state in States)
        {
            if (state.Name() == name)
            {
                return state;
            }
        }

        return null;
    }
}
