using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Notifications;

/// <summary>
/// Names one notification, and is the key by which its receiver recognises a repeat. Follows from payment and type, so
/// that whoever writes the notification a second time finds it written. No dot: the signature puts one behind it.
/// </summary>
public readonly record struct NotificationId(string Value)
{
    private const string Prefix = "msg_";
    private const int Digits = 31;

    public static NotificationId Of(PaymentId payment, NotificationType type) =>
        new($"{Prefix}{payment.AttemptOrderNo((int)type)}");

    /// <summary>Reads an id as a client sent it; null when it cannot be one of ours.</summary>
    public static NotificationId? Parse(string? text) =>
        text?.Length == Prefix.Length + Digits && text.StartsWith(Prefix, StringComparison.Ordinal)
        && !text.AsSpan(Prefix.Length).ContainsAnyExcept("0123456789abcdefghijklmnopqrstuvwxyz")
            ? new NotificationId(text)
            : null;

    public override string ToString() => Value;
}
