using System.Globalization;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

/// <param name="Sent">Where they were sent; null where that was not stored.</param>
/// <param name="Amount">One record for each currency.</param>
public sealed record OpenAttempts(ChannelId Channel, ChannelTarget? Sent, int Count, Money Amount)
{
    private const decimal MinorUnits = 100;

    public string Size => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count} open attempt{(Count == 1 ? "" : "s")} ({Amount.Minor / MinorUnits:0.00} {Amount.Currency})");
}

public sealed class OpenAttemptCount(IReadOnlyDictionary<ChannelId, ChannelTarget> channels)
{
    private readonly Dictionary<OpenAttempts, (int Count, long Minor)> _withoutChannel = [];
    private readonly Dictionary<OpenAttempts, (int Count, long Minor)> _sentElsewhere = [];

    public IReadOnlyList<OpenAttempts> WithoutChannel => Sums(_withoutChannel);

    /// <summary>The accounts that would be asked about these do not know them.</summary>
    public IReadOnlyList<OpenAttempts> SentElsewhere => Sums(_sentElsewhere);

    public void Add(Payment payment)
    {
        if (payment.OpenAttempt is not { } open)
        {
            return;
        }

        var nothing = payment.Content.Amount with { Minor = 0 };
        if (!channels.TryGetValue(open.Channel, out var target))
        {
            Add(_withoutChannel, new OpenAttempts(open.Channel, null, 0, nothing), payment);
        }
        else if (ChannelTarget.IsElsewhere(open.Target, target))
        {
            Add(_sentElsewhere, new OpenAttempts(open.Channel, open.Target, 0, nothing), payment);
        }
    }

    private static void Add(Dictionary<OpenAttempts, (int Count, long Minor)> sums, OpenAttempts kind, Payment payment)
    {
        var (count, minor) = sums.GetValueOrDefault(kind);
        sums[kind] = (count + 1, checked(minor + payment.Content.Amount.Minor));
    }

    private static List<OpenAttempts> Sums(Dictionary<OpenAttempts, (int Count, long Minor)> sums) => [.. sums
        .Select(sum => sum.Key with { Count = sum.Value.Count, Amount = sum.Key.Amount with { Minor = sum.Value.Minor } })
        .OrderBy(sum => sum.Channel.Value, StringComparer.Ordinal)
        .ThenBy(sum => sum.Sent?.ToString(), StringComparer.Ordinal)
        .ThenBy(sum => sum.Amount.Currency.Value, StringComparer.Ordinal)];
}
