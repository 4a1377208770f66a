using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Merchants;

/// <summary>
/// Remembers what merchants with <c>duplicates = suspend</c> sent within <c>book.duplicates-within</c>, by a keyed hash
/// of mode, account, currency and amount: through this node, and before its start as far as it was stored.
/// </summary>
internal sealed class DuplicateWatch(
    TimeSpan within, IReadOnlyList<MerchantSettings> merchants, IPayments payments, IAccountVault vault, TimeProvider time)
{
    private readonly FrozenSet<MerchantId> _merchants = merchants
        .Where(merchant => merchant.Duplicates == DuplicatePolicy.Suspend)
        .Select(merchant => merchant.Id)
        .ToFrozenSet();

    private readonly Lock _lock = new();
    private readonly Dictionary<Fingerprint, List<Sent>> _sent = [];
    private readonly Queue<(Fingerprint Key, Sent Sent)> _byAge = new();

    /// <summary>
    /// To be called once, before requests come. Stored payments count if they have moved money or still may.
    /// </summary>
    public async Task SeedAsync(Func<MerchantId, DateTimeOffset, Task<IReadOnlyList<Payment>>> createdSince)
    {
        foreach (var merchant in _merchants)
        {
            foreach (var payment in await createdSince(merchant, time.GetUtcNow() - within))
            {
                var content = payment.Content;
                var key = KeyOf(content, vault.Open(content.Account));
                Add(key, new Sent(payment.Id, content.OrderNo, payment.CreatedAt) { IsUnderWay = false });
            }
        }
    }

    /// <summary>
    /// Notes a payment on its way to the books; <see cref="Sighting.Left"/> must follow. Null: the merchant allows
    /// duplicates.
    /// </summary>
    public Sighting? Enter(PaymentContent content, AccountDetails account, PaymentId id)
    {
        if (!_merchants.Contains(content.Merchant))
        {
            return null;
        }

        var key = KeyOf(content, account);
        lock (_lock)
        {
            var now = time.GetUtcNow();
            Forget(now - within);
            var known = _sent.GetValueOrDefault(key) ?? [];
            var others = known.Where(sent => sent.Id != id).ToArray();
            var own = known.Find(sent => sent.Id == id);
            if (own is null)
            {
                Add(key, own = new Sent(id, content.OrderNo, now));
            }

            return new Sighting(own, others);
        }
    }

    /// <summary>An earlier number of the same account and amount, unless it is known that no money moves under it.</summary>
    public async Task<string?> FirstAsync(Sighting sighting)
    {
        foreach (var other in sighting.Others)
        {
            if (other.IsUnderWay
                || await payments.GetAsync(other.Id, CancellationToken.None) is not (
                    BookAnswer.NoSuchPayment or BookAnswer.Stored { Payment.State: PaymentState.Failed or PaymentState.Closed }))
            {
                return other.OrderNo;
            }
        }

        return null;
    }

    private void Add(Fingerprint key, Sent sent)
    {
        if (!_sent.TryGetValue(key, out var known))
        {
            _sent[key] = known = [];
        }

        known.Add(sent);
        _byAge.Enqueue((key, sent));
    }

    private void Forget(DateTimeOffset before)
    {
        while (_byAge.TryPeek(out var oldest) && oldest.Sent.At < before)
        {
            _byAge.Dequeue();
            var known = _sent[oldest.Key];
            known.Remove(oldest.Sent);
            if (known.Count == 0)
            {
                _sent.Remove(oldest.Key);
            }
        }
    }

    private Fingerprint KeyOf(PaymentContent content, AccountDetails account)
    {
        var (merchant, amount) = (content.Merchant, content.Amount);
        var words = new ArrayBufferWriter<byte>(128);
        Encoding.UTF8.GetBytes(
            $"duplicate\n{merchant}\n{content.Mode}\n{amount.Currency}\n{amount.Minor}\n{account.Number}", words);
        return vault.Fingerprint(words.WrittenSpan);
    }

    /// <summary>One number under which an account and amount was sent.</summary>
    internal sealed class Sent(PaymentId id, string orderNo, DateTimeOffset at)
    {
        public PaymentId Id => id;

        public string OrderNo => orderNo;

        public DateTimeOffset At => at;

        /// <summary>The books have not answered yet and may not know the payment if asked now.</summary>
        public bool IsUnderWay { get; set; } = true;
    }

    /// <param name="Others">Numbers younger than the window.</param>
    internal sealed record Sighting(Sent Own, IReadOnlyList<Sent> Others)
    {
        /// <summary>The books have answered and know the payment from now on.</summary>
        public void Left() => Own.IsUnderWay = false;
    }
}
