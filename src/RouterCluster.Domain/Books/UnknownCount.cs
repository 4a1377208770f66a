using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

/// <summary>
/// Counts payments of which nobody knows how they ended: their channel has spoken and not said it, or had time enough to speak.
/// </summary>
/// <param name="answersWithin">How long after the last moment of sending an answer may come.</param>
public sealed class UnknownCount(DateTimeOffset now, Func<ChannelId, TimeSpan> answersWithin)
{
    /// <summary>Ends of the bands of age; the last band has none.</summary>
    public static readonly TimeSpan[] Bands = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(60)];

    private readonly Dictionary<Kind, Sum> _sums = [];

    public IReadOnlyCollection<(Kind Kind, Sum Sum)> Sums => [.. _sums.Select(known => (known.Key, known.Value))];

    public bool IsUnknown(Payment payment) => payment.OpenAttempt is { } open
        && (open.Outcome != Outcome.None || open.Claim is not null || now > open.SendBefore + answersWithin(open.Channel));

    public void Add(Payment payment)
    {
        if (!IsUnknown(payment))
        {
            return;
        }

        var (open, amount) = (payment.OpenAttempt!, payment.Content.Amount);
        var kind = new Kind(open.Channel, payment.Content.Merchant, amount.Currency);
        if (!_sums.TryGetValue(kind, out var sum))
        {
            _sums[kind] = sum = new Sum();
        }

        sum.Add(amount.Minor, now - open.StartedAt);
    }

    public readonly record struct Kind(ChannelId Channel, MerchantId Merchant, Currency Currency);

    /// <summary>One more band than <see cref="Bands"/>.</summary>
    public sealed class Sum
    {
        private readonly int[] _counts = new int[Bands.Length + 1];
        private readonly long[] _amounts = new long[Bands.Length + 1];

        public int Count => _counts.Sum();

        public long Amount => _amounts.Sum();

        public TimeSpan Oldest { get; private set; }

        public IReadOnlyList<(int Count, long Amount)> ByAge => [.. _counts.Zip(_amounts)];

        internal void Add(long minor, TimeSpan age)
        {
            var band = Array.FindIndex(Bands, end => age < end);
            var at = band < 0 ? Bands.Length : band;
            _counts[at]++;
            _amounts[at] = checked(_amounts[at] + minor);
            Oldest = age > Oldest ? age : Oldest;
        }
    }
}
