using System.Collections.Concurrent;
using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>One payment that a merchant wants, and the chance that decides all that happens to it.</summary>
/// <param name="isHeld">Its merchant's limits have seen the same account and amount under another number.</param>
internal sealed class PlannedPayment(PaymentId id, PaymentContent content, Chance chance, bool isHeld)
{
    public bool IsHeld => isHeld;

    public PaymentId Id => id;

    public PaymentContent Content => content;

    public Chance Chance => chance;

    /// <summary>In half of the cases an attempt is likely to be under way when its time is over.</summary>
    public TimeSpan ExpiresIn { get; init; }

    public int Asked { get; set; }

    public bool IsAnswered { get; set; }

    public int Answers { get; set; }

    /// <summary>Who has stored the payment, and waits for its end.</summary>
    public WaitingRequest? Waiting { get; set; }
}

/// <param name="owner">The book's life that has answered first, and owes the second answer.</param>
internal sealed class WaitingRequest(BookOwner owner, long request, TimeSpan until)
{
    public BookOwner Owner => owner;

    public long Request => request;

    public TimeSpan Until => until;

    public bool IsTold { get; set; }
}

/// <summary>They ask, read, repeat numbers at once or later, sometimes with other content, and never lose an answer.</summary>
internal sealed class SimulatedMerchants
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int MostTries = 4;
    private static readonly byte[] Salt = [1, 2, 3, 4];

    // The same numbers in every life; a number's hash costs as much as a good part of its payment.
    private static readonly ConcurrentDictionary<(MerchantId Merchant, int Number), (string OrderNo, PaymentId Id)> Numbers = [];

    private readonly Life _life;
    private readonly Dictionary<PaymentId, PlannedPayment> _payments = [];
    private readonly List<(PlannedPayment Payment, AcceptRequest? Asked, RequestRecord? Judged, TimeSpan At)> _requests = [];

    public SimulatedMerchants(Life life)
    {
        _life = life;
        for (var number = 0; number < life.Settings.Payments; number++)
        {
            if (!life.Scenario.Dropped.Contains(number))
            {
                Add(number);
            }
        }
    }

    public int Count => _payments.Count;

    public IEnumerable<PlannedPayment> All => _payments.Values;

    public PlannedPayment this[PaymentId id] => _payments[id];

    public void Plan(double until)
    {
        foreach (var payment in _payments.Values)
        {
            _life.Time.After(payment.Chance.Seconds(0, until), () => First(payment));
        }
    }

    public void Hear(Caller caller, BookAnswer answer, BookOwner owner)
    {
        var (payment, request, judged, askedAt) = _requests[(int)caller.Request];
        _life.Story?.Tell(payment.Id, $"the merchant hears: {Describe(answer)}");
        payment.Answers++;
        if (payment.Waiting is { } waiting && waiting.Request == caller.Request)
        {
            waiting.IsTold = true;
        }
        else if (request is { Wait.Ticks: > 0 } && answer is BookAnswer.Stored { IsNew: true } && !payment.IsHeld)
        {
            payment.Waiting = new WaitingRequest(owner, caller.Request, askedAt + request.Wait);
        }

        payment.IsAnswered |= answer is BookAnswer.Stored or BookAnswer.NoRoute or BookAnswer.IdempotencyMismatch;
        _life.Observer.Answered(payment.Id, request?.Content, judged, askedAt, answer);
    }

    /// <summary>The payment has ended, or people look at it: it is stored, and whoever waits for that hears of it.</summary>
    public void Ended(PaymentId id)
    {
        if (_payments[id].Waiting is { IsTold: false } waiting && !waiting.Owner.IsReplaced
            && _life.Time.Now < waiting.Until - TimeSpan.FromSeconds(1))
        {
            waiting.Owner.MustAnswer(
                id, Clause.WhoWaitsIsTold, Situation.EndWhileSomebodyWaits, () => waiting.IsTold, BookOwner.WritesWithin);
        }
    }

    /// <summary>What the merchants are told in the end of all that they were promised.</summary>
    public void ReadAll()
    {
        foreach (var payment in _payments.Values)
        {
            Read(payment);
        }
    }

    private void First(PlannedPayment payment)
    {
        var chance = payment.Chance;
        Ask(payment, payment.Content);
        _life.Cancels.Plan(payment.Id);
        if (_life.Faults.Strike(FaultKind.MerchantRacesItself, chance, 0.1))
        {
            _life.Time.After(chance.Seconds(0, 0.01), () => Ask(payment, payment.Content));
        }

        if (_life.Faults.Strike(FaultKind.MerchantRepeats, chance, 0.1))
        {
            _life.Time.After(chance.Seconds(0, 60), () => Ask(payment, payment.Content));
        }

        if (_life.Faults.Strike(FaultKind.MerchantChangesContent, chance, 0.06))
        {
            var changed = WithAmount(payment.Content, payment.Content.Amount.Minor + 1);
            _life.Time.After(chance.Of(0.5) ? chance.Seconds(0, 0.05) : chance.Seconds(0, 60), () => Ask(payment, changed));
        }

        if (chance.Of(0.1))
        {
            _life.Time.After(chance.Seconds(0, 30), () => Read(payment));
        }
    }

    private void Ask(PlannedPayment payment, PaymentContent content)
    {
        payment.Asked++;
        var ingress = _life.Nodes[payment.Chance.Below(_life.Nodes.Length)];
        var request = new AcceptRequest(
            new Caller(this, _requests.Count), payment.Id, content, payment.ExpiresIn,
            Deadline: ingress.Utc + Patience, Wait: TimeSpan.FromSeconds(payment.Chance.Of(0.5) ? 10 : 0),
            DuplicateOf: payment.IsHeld ? "another" : null);
        _requests.Add((payment, request, _life.Observer.Asked(request), _life.Time.Now));
        _life.Story?.Tell(payment.Id, $"the merchant asks for {content.Amount} by {content.Product}");
        _life.Time.After(0.001, () => _life.Books[payment.Id.Book].Tell((book, now) => book.Accept(request, now)));
        if (payment.Asked < MostTries)
        {
            // Not answered, or not now: the same number once more.
            _life.Time.After(Patience.TotalSeconds + payment.Chance.Seconds(0, 2), () =>
            {
                if (!payment.IsAnswered)
                {
                    Ask(payment, content);
                }
            });
        }
    }

    private void Read(PlannedPayment payment)
    {
        _requests.Add((payment, null, null, _life.Time.Now));
        var caller = new Caller(this, _requests.Count - 1);
        var answers = payment.Answers;
        _life.Time.After(0.001, () =>
        {
            var book = _life.Books[payment.Id.Book];
            book.Owner?.MustAnswer(
                payment.Id, Clause.RequestsAreAnswered, Situation.RequestToLiveBook, () => payment.Answers > answers);
            book.Tell((book, _) => book.Get(caller, payment.Id));
        });
    }

    private void Add(int number)
    {
        var chance = new Chance(_life.Scenario.Seed, "payment", number);
        var merchant = chance.Any(LifeSettings.Merchants);
        var (orderNo, id) = Numbers.GetOrAdd((merchant, number), static key =>
        {
            var orderNo = $"S-{key.Number}";
            return (orderNo, PaymentId.For(key.Merchant, orderNo, LifeSettings.Books, Salt));
        });
        var product = chance.Of(0.7) ? Product.Withhold : Product.Payout;
        var account = new SealedAccount(ReadOnlyMemory<byte>.Empty, "62****01", chance.Any(LifeSettings.Banks));
        var amount = 1 + chance.Below(1000);
        var content = new PaymentContent(
            merchant, orderNo, product, new Money(amount, new Currency("CNY")), account, ChannelMode.Sandbox, null,
            ImmutableSortedDictionary<string, string>.Empty, new Fingerprint((UInt128)amount));
        var isHeld = _life.Faults.Strike(FaultKind.HeldAsDuplicate, chance, 0.03);
        var seconds = chance.Of(0.5) ? _life.Settings.ExpiresIn : chance.Seconds(0.5, _life.Settings.ExpiresIn);
        _payments.Add(id, new PlannedPayment(id, content, chance, isHeld) { ExpiresIn = TimeSpan.FromSeconds(seconds) });
    }

    private static PaymentContent WithAmount(PaymentContent content, long amount) => content with
    {
        Amount = new Money(amount, new Currency("CNY")),
        Fingerprint = new Fingerprint((UInt128)amount),
    };

    private static string Describe(BookAnswer answer) => answer is BookAnswer.Stored { Payment: var payment }
        ? $"{payment.State}, {payment.Attempts.Length} attempts, {payment.Cases.Length} cases"
        : answer.GetType().Name;
}
