using RouterCluster.Domain.Payments;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments;

/// <summary>
/// A channel's own number of an attempt, for people who know nothing else of a payment. The key is number and payment in one, so
/// that one index finds the payments of a number, and channels that count alike do not collide.
/// </summary>
internal sealed record ChannelNumberRow(string Number, PaymentId Payment)
{
    private const char Separator = '/';

    /// <summary>The next character after the separator, which ends the range of one number's keys.</summary>
    private const char AfterSeparator = '0';

    public static readonly SqlTable<ChannelNumberRow> Table = new(
        "channel_numbers", [new("number_payment", SqlType.Text, row => $"{row.Number}{Separator}{row.Payment}")], Version: null);

    public static IEnumerable<ChannelNumberRow> Of(Payment payment) => payment.Attempts
        .Select(attempt => attempt.Outcome.ChannelOrderNo)
        .OfType<string>()
        .Distinct()
        .Select(number => new ChannelNumberRow(number, payment.Id));

    public static (string From, string To) RangeOf(string number) => (number + Separator, number + AfterSeparator);

    /// <summary>Null for the key of a longer number that begins with this one and the separator.</summary>
    public static PaymentId? PaymentIn(string key, string number) => PaymentId.Parse(key[(number.Length + 1)..]);
}
