using System.Globalization;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Webhooks;

/// <summary>
/// A receiver recognises a repeat by it. It follows from the payment, the state and the number of the change, so that a
/// second write of one change finds the first. No dot: the signature puts one behind it.
/// </summary>
public readonly record struct NotificationId(string Value)
{
    private const string Prefix = "msg_";
    private const int Digits = 31;
    private const int MostNumberDigits = 9;

    /// <summary>Stands between the payment's part of the id and the number of a change after the first.</summary>
    private const char Again = 'x';

    /// <param name="change">The payment's <see cref="Payment.LastChange"/>. The first one is not written out.</param>
    /// <remarks>Law 8.2.</remarks>
    public static NotificationId Of(PaymentId payment, NotificationType type, int change)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(change, 1);
        var first = $"{Prefix}{payment.AttemptOrderNo((int)type)}";
        return new(change == 1 ? first : string.Create(CultureInfo.InvariantCulture, $"{first}{Again}{change}"));
    }

    /// <summary>All ids of a payment's webhooks lie between these two, in ordinal order.</summary>
    public static (string From, string To) RangeOf(PaymentId payment)
    {
        var anyType = payment.AttemptOrderNo(0);
        return ($"{Prefix}{anyType[..^2]}", $"{Prefix}{anyType[..^2]}zz");
    }

    /// <summary>Null when it cannot be one of ours.</summary>
    public static NotificationId? Parse(string? text) =>
        text?.StartsWith(Prefix, StringComparison.Ordinal) == true && text.Length >= Prefix.Length + Digits
        && !text.AsSpan(Prefix.Length, Digits).ContainsAnyExcept("0123456789abcdefghijklmnopqrstuvwxyz")
        && IsNumberOfChange(text.AsSpan(Prefix.Length + Digits))
            ? new NotificationId(text)
            : null;

    /// <summary>Null for an id that is not ours.</summary>
    public PaymentId? Payment => Value.Length < Prefix.Length + Digits
        ? null
        : PaymentId.ParseAttempt(Value.AsSpan(Prefix.Length, Digits))?.Id;

    public override string ToString() => Value;

    private static bool IsNumberOfChange(ReadOnlySpan<char> text) => text.IsEmpty
        || (text[0] == Again && text.Length is > 1 and <= 1 + MostNumberDigits && !text[1..].ContainsAnyExcept("0123456789"));
}
