using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Merchants;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Merchants;

internal sealed class AdmissionWorld
{
    public const long Limit = 500;
    private const int Nodes = 3;

    /// <summary>A sweep may fail, as any transaction; so many in a row do not.</summary>
    private const int MostSweeps = 10;

    private static readonly MerchantId Shop = new("shop");
    private static readonly AdmissionTerms Terms = new(Shop, null, Limit, true);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2);

    private static readonly AdmissionRules Rules = new(
        TimeSpan.Zero, TimeSpan.FromMinutes(10), StoreWithin: TimeSpan.FromSeconds(15), ClockSkew: 2 * Skew);

    private readonly Random _random;
    private readonly TimeSpan[] _skews;
    private readonly Dictionary<MerchantId, Allowance> _allowances = [];
    private readonly Dictionary<PaymentId, DayShare> _shares = [];
    private readonly Dictionary<(Fingerprint, PaymentId), Sighting> _sightings = [];
    private readonly Dictionary<PaymentId, InBook> _books = [];
    private readonly PriorityQueue<Action, DateTimeOffset> _later = new();
    private readonly List<AdmissionRequest> _sent = [];
    private DateTimeOffset _now;

    public AdmissionWorld(int seed)
    {
        _random = new Random(seed);
        _skews = [.. Enumerable.Range(0, Nodes + 1).Select(_ => Skew * ((_random.NextDouble() * 2) - 1))];
        _now = new DateTimeOffset(2026, 1, 1, 23, 40, 0, TimeSpan.Zero).AddMinutes(_random.Next(30));
    }

    public int Stored { get; private set; }

    public int Refused { get; private set; }

    public int Flagged { get; private set; }

    public PaymentId? Missed { get; private set; }

    public long Counted => _allowances.TryGetValue(Shop, out var row) ? row.Sum : 0;

    /// <summary>Minor units of live payments whose share is of the latest day.</summary>
    public long MustCount => _books.Values.Where(one => one.IsLive && _shares.ContainsKey(one.Id))
        .Where(one => _shares[one.Id].Day == _allowances[Shop].Day)
        .Sum(one => _shares[one.Id].Amount);

    public IEnumerable<(long Day, long Sum)> SumsByDay() => _books.Values.Where(one => one.IsLive)
        .GroupBy(one => one.Day)
        .Select(day => (day.Key, day.Sum(one => one.Amount)));

    public void Step()
    {
        _now += TimeSpan.FromMilliseconds(_random.Next(1, 6000));
        while (_later.TryPeek(out var next, out var at) && at <= _now)
        {
            _later.Dequeue();
            next();
        }

        switch (_random.Next(10))
        {
            case < 6:
                Ask(_random.Next(Nodes), [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Request())]);
                break;
            case < 8:
                End();
                break;
            default:
                Sweep();
                break;
        }
    }

    /// <summary>Everything comes to its end, and sweeps find what was lost on the way.</summary>
    public void Settle()
    {
        while (_later.TryDequeue(out var next, out _))
        {
            next();
        }

        _now += Rules.UnderWayFor + Skew + Skew;
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            Sweep();
        }
    }

    private DateTimeOffset ClockOf(int node) => _now + _skews[node];

    private bool Chance(double share) => _random.NextDouble() < share;

    private void After(double seconds, Action action) =>
        _later.Enqueue(action, _now + TimeSpan.FromSeconds(_random.NextDouble() * seconds));

    /// <summary>Often a number that was sent before, now and then with another amount.</summary>
    private AdmissionRequest Request()
    {
        if (_sent.Count > 0 && Chance(0.3))
        {
            var again = _sent[_random.Next(_sent.Count)];
            return Chance(0.9) ? again : again with { Amount = again.Amount + 1, Content = new Fingerprint(99) };
        }

        var no = $"A-{_sent.Count}";
        var content = _random.Next(8);
        var request = new AdmissionRequest(
            Terms, PaymentId.For(Shop, no, 4, "salt"u8), no, 10 + (content * 10), new Fingerprint((uint)content));
        _sent.Add(request);
        return request;
    }

    private void Ask(int node, IReadOnlyList<AdmissionRequest> requests)
    {
        var answers = Transact(requests, rows => requests.Select(one => rows.Admit(one, ClockOf(node))).ToList());
        if (answers is null || Chance(0.05))
        {
            // The transaction failed, or the node died when it had committed.
            return;
        }

        foreach (var (request, answer) in requests.Zip(answers))
        {
            if (answer is Admission.Granted granted)
            {
                After(2, () => HandOn(node, request, granted));
            }
            else
            {
                Refused++;
            }
        }
    }

    private void HandOn(int node, AdmissionRequest request, Admission.Granted granted)
    {
        var askedAt = ClockOf(node);
        var isDuplicate = granted.Others.Any(other => DuplicateRule.IsFirst(other, Look(other.Payment), askedAt, Rules));
        After(20, () =>
        {
            if (Accept(request, granted, isDuplicate) is { } answer && Chance(0.9))
            {
                After(3, () => Answered(request, granted, answer));
            }
        });
    }

    private BookAnswer? Accept(AdmissionRequest request, Admission.Granted granted, bool isDuplicate)
    {
        if (ClockOf(Nodes) > granted.At + Rules.StoreWithin)
        {
            return null;
        }

        if (_books.TryGetValue(request.Payment, out var known))
        {
            return known.Amount == request.Amount
                ? new BookAnswer.Stored(known.ToPayment(), false)
                : new BookAnswer.IdempotencyMismatch();
        }

        if (Chance(0.2))
        {
            return new BookAnswer.NoChannelNow(TimeSpan.FromSeconds(1));
        }

        var stored = new InBook(request.Payment, request.Content, request.Amount, ClockOf(Nodes), granted.Day, isDuplicate);
        if (!isDuplicate && _books.Values.Any(other => other.IsLive && !other.IsDuplicate && other.Content == stored.Content
            && stored.At - other.At < Rules.DuplicatesWithin - Rules.ClockSkew))
        {
            Missed = stored.Id;
        }

        (Stored, Flagged) = (Stored + 1, Flagged + (isDuplicate ? 1 : 0));
        _books[stored.Id] = stored;
        return new BookAnswer.Stored(stored.ToPayment(), true);
    }

    private BookAnswer Look(PaymentId id) => _books.TryGetValue(id, out var known)
        ? new BookAnswer.Stored(known.ToPayment(), false)
        : new BookAnswer.NoSuchPayment();

    /// <summary>As the node does with a book's answer.</summary>
    private void Answered(AdmissionRequest request, Admission.Granted granted, BookAnswer answer) => Transact([request], rows =>
    {
        switch (answer)
        {
            case BookAnswer.Stored { IsNew: false, Payment: var payment }
                when payment.State == PaymentState.Failed || Rules.DayOf(payment.CreatedAt) < granted.Day:
                rows.NotCounted(request.Payment, null);
                break;
            case not BookAnswer.Stored:
                rows.NotStored(request);
                break;
        }

        return true;
    });

    /// <summary>Some payment fails, and its row is written, which gives its share back in the same transaction.</summary>
    private void End()
    {
        var open = _books.Values.Where(one => one.IsLive).ToList();
        if (open.Count > 0 && open[_random.Next(open.Count)] is var one && Chance(0.5))
        {
            one.IsLive = false;
            while (Transact([one.Request], rows =>
            {
                rows.NotCounted(one.Id, null);
                return new object();
            }) is null)
            {
            }
        }
    }

    private void Sweep()
    {
        var before = ClockOf(_random.Next(Nodes)) - Rules.UnderWayFor;
        foreach (var share in _shares.Values.Where(share => share.At < before).ToList())
        {
            if (!_books.TryGetValue(share.Payment, out var known) || !known.IsLive)
            {
                Transact([new AdmissionRequest(Terms, share.Payment, "", 0, default)], rows =>
                {
                    rows.NotCounted(share.Payment, share.At);
                    return true;
                });
            }
        }
    }

    /// <summary>Default when the transaction failed and changed nothing.</summary>
    private T? Transact<T>(IReadOnlyList<AdmissionRequest> requests, Func<Admissions, T> work)
    {
        var ids = requests.Select(one => one.Payment).ToHashSet();
        var contents = requests.Select(one => one.Content).ToHashSet();
        var rows = new Admissions(
            Rules, _allowances.Values, _shares.Values.Where(share => ids.Contains(share.Payment)),
            _sightings.Values.Where(sighting => contents.Contains(sighting.Content)));
        var result = work(rows);
        if (Chance(0.03))
        {
            return default;
        }

        Save(_allowances, rows.Allowances, row => row.Merchant);
        Save(_shares, rows.Shares, row => row.Payment);
        Save(_sightings, rows.Sightings, row => (row.Content, row.Payment));
        return result;
    }

    private static void Save<TKey, TRow>(Dictionary<TKey, TRow> table, ChangedRows<TKey, TRow> rows, Func<TRow, TKey> keyOf)
        where TKey : notnull
        where TRow : class
    {
        foreach (var key in rows.ToReplace)
        {
            table.Remove(key);
        }

        foreach (var row in rows.ToWrite)
        {
            table.Add(keyOf(row), row);
        }
    }

    private sealed record InBook(
        PaymentId Id, Fingerprint Content, long Amount, DateTimeOffset At, long Day, bool IsDuplicate)
    {
        public bool IsLive { get; set; } = true;

        public AdmissionRequest Request => new(Terms, Id, "", Amount, Content);

        public Payment ToPayment() => new(
            Id,
            new PaymentContent(
                Shop, "A", Product.Withhold, new Money(Amount, new Currency("CNY")),
                new SealedAccount(new byte[] { 1 }, "6222", "ICBC"), ChannelMode.Sandbox, null,
                ImmutableSortedDictionary<string, string>.Empty, Content),
            IsLive ? PaymentState.Processing : PaymentState.Failed, null, [], [], At, At, At.AddMinutes(10));
    }
}
