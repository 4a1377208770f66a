using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>A book with a clock, a journal that acknowledges when told, and a router that answers as scripted.</summary>
internal sealed class BookHarness
{
    public static readonly QueryPolicy Policy = new(
        SubmitQueueDeadline: Seconds(5), SubmitTimeout: Seconds(15), QueryTimeout: Seconds(10),
        Schedule: [Seconds(1), Seconds(2), Seconds(5)], NotFoundIsFinalAfter: Seconds(60), NotFoundAgreeing: 3, QueryCredit: 2);

    public static readonly BookRules Usual = new(Rules, Seconds(5), Seconds(60), Seconds(86_400), Seconds(2), _ => Policy);

    private readonly BookRules _rules;
    private readonly List<BookEffect> _left = [];
    private readonly List<IReadOnlyList<StoredEvent>> _rows = [];
    private ReadOnlyMemory<byte>? _inFlight;
    private long _requests;

    public BookHarness(BookRules? rules = null)
    {
        _rules = rules ?? Usual;
        Book = new PaymentBook(_rules, Encoder);
        // The row with which a book opens is number 0 here, so that a test's own rows count from 1.
        Open(-1);
    }

    public PaymentBook Book { get; private set; }

    public StoredEvents Encoder { get; } = new();

    /// <summary>The rows with something in them; every crash has added an empty one.</summary>
    public IReadOnlyList<IReadOnlyList<StoredEvent>> Journal => [.. _rows.Where(row => row.Count > 0)];

    public int Rows => _rows.Count;

    /// <summary>Null: the router says nothing.</summary>
    public Func<RouteRequest, RouteDecision?> Router { get; set; } = FirstUntried;

    /// <summary>Off: a write stays in flight until <see cref="Commit"/>.</summary>
    public bool CommitsAtOnce { get; set; } = true;

    public BookTime Now { get; private set; } = new(Start, Seconds(1000));

    public bool IsWriting => _inFlight is not null;

    /// <summary>What the router counts as held, by channel.</summary>
    public Dictionary<ChannelId, int> Counted { get; } = [];

    public IReadOnlyList<BookEffect> Left => _left;

    public IReadOnlyList<SubmitOrder> Submits => [.. _left.OfType<BookEffect.Submit>().Select(effect => effect.Order)];

    /// <summary>The numbers of orders that lanes were told to send no more.</summary>
    public IReadOnlyList<string> Withdrawn => [.. _left.OfType<BookEffect.Withdraw>().Select(effect => effect.OrderNo)];

    public IReadOnlyList<QueryOrder> Queries => [.. _left.OfType<BookEffect.Query>().Select(effect => effect.Order)];

    public IReadOnlyList<AttemptReport> Taken => [.. _left.OfType<BookEffect.ReportTaken>().Select(effect => effect.Report)];

    public IReadOnlyList<BookEffect.ChooseRoute> Asked => [.. _left.OfType<BookEffect.ChooseRoute>()];

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    public static RouteDecision? FirstUntried(RouteRequest request) =>
        new[] { Alpha, Bravo, Charlie }.Except(request.Tried).ToList() is [var channel, ..]
            ? new RouteDecision.Chosen(channel, RouteReasons.None)
            : new RouteDecision.NoneEver(RouteReasons.None);

    public IReadOnlyList<BookAnswer> Answers(long request) =>
        [.. _left.OfType<BookEffect.Answer>().Where(effect => effect.Caller.Request == request).Select(effect => effect.Value)];

    /// <summary>The only answer so far.</summary>
    public BookAnswer Answer(long request) => Assert.Single(Answers(request));

    public long Accept(
        string orderNo = "A-1", Product product = Product.Withhold, long amount = 100, bool wantsEnd = false, double deadline = 5,
        string? duplicateOf = null)
    {
        var request = new AcceptRequest(
            new Caller(this, ++_requests), IdOf(orderNo), Content(product, orderNo, amount), Patience,
            Now.Utc + Seconds(deadline), Seconds(wantsEnd ? 10 : 0), duplicateOf);
        return Do(book => book.Accept(request, Now));
    }

    public long Get(string orderNo = "A-1")
    {
        var caller = new Caller(this, ++_requests);
        return Do(book => book.Get(caller, IdOf(orderNo)));
    }

    /// <summary>The payment as its book has it now.</summary>
    public Payment Read(string orderNo = "A-1") => ((BookAnswer.Stored)Answers(Get(orderNo))[^1]).Payment;

    public AttemptReport Tell(
        Outcome outcome, int no = 1, ReportSource source = ReportSource.Submit, string orderNo = "A-1", ChannelId? channel = null)
    {
        var report = new AttemptReport(IdOf(orderNo), no, channel ?? Alpha, source, outcome);
        Do(book => book.AttemptReported(report, Now));
        return report;
    }

    /// <returns>The request; answered when what the notice changed is stored.</returns>
    public long Notice(
        Outcome outcome, int no = 1, string orderNo = "A-1", ChannelId? channel = null, long amount = 100,
        string currency = "CNY", string? number = null)
    {
        var id = IdOf(orderNo);
        var notice = new NoticeRequest(
            new Caller(this, ++_requests), id, no, number ?? id.AttemptOrderNo(no), channel ?? Alpha,
            new Money(amount, new Currency(currency)), outcome);
        return Do(book => book.Noticed(notice, Now));
    }

    /// <summary>What became of the notice; null while nobody knows.</summary>
    public NoticeFate? Fate(long request) => Answers(request) is [BookAnswer.Heard heard] ? heard.Fate : null;

    public void AnswerQuery(Outcome outcome, QueryOrder? order = null)
    {
        var asked = order ?? Queries[^1];
        var report = new AttemptReport(asked.Payment, asked.AttemptNo, asked.Channel, ReportSource.Query, outcome)
        {
            Question = asked.Question,
        };
        Do(book => book.AttemptReported(report, Now));
    }

    public void Route(long routeId, RouteDecision decision) => Do(book =>
    {
        Count(decision);
        book.RouteChosen(routeId, decision, Now);
    });

    public void Pass(double seconds, double step = 0.25)
    {
        for (var rest = seconds; rest > 1e-9; rest -= step)
        {
            var pause = Seconds(Math.Min(step, rest));
            Now = new BookTime(Now.Utc + pause, Now.Monotonic + pause);
            Do(book => book.Tick(Now));
        }
    }

    public void Leap(double seconds) => Now = Now with { Utc = Now.Utc + Seconds(seconds) };

    public void Commit()
    {
        _rows.Add(Encoder.Decode(_inFlight!.Value));
        _inFlight = null;
        Book.WriteAcknowledged(Now);
        Pump();
    }

    public void CommitAll()
    {
        while (IsWriting)
        {
            Commit();
        }
    }

    /// <summary>A new book from the journal; what the old one had not stored is gone.</summary>
    public void Crash(BookSnapshot? snapshot = null, int skip = 0)
    {
        Book = new PaymentBook(_rules, Encoder);
        _inFlight = null;
        if (snapshot is not null)
        {
            Book.Restore(snapshot);
        }

        for (var row = skip; row < _rows.Count; row++)
        {
            foreach (var stored in _rows[row])
            {
                Book.Replay(stored.Id, stored.Event, row + 1);
            }
        }

        Open(_rows.Count);
    }

    /// <summary>With its first row written, as a book has it once it has been open for a moment.</summary>
    private void Open(long sequence)
    {
        Book.Recovered(sequence, Now);
        Assert.True(Book.TakeWrite() is { IsEmpty: true });
        if (sequence >= 0)
        {
            _rows.Add([]);
        }

        Book.WriteAcknowledged(Now);
        Pump();
    }

    public long Do(Action<PaymentBook> input)
    {
        input(Book);
        Pump();
        return _requests;
    }

    private void Pump()
    {
        while (true)
        {
            var effects = Book.TakeEffects();
            _left.AddRange(effects);
            foreach (var effect in effects)
            {
                Carry(effect);
            }

            if (effects.Count > 0)
            {
                continue;
            }

            if (Book.TakeWrite() is not { } row)
            {
                return;
            }

            Assert.False(IsWriting, "two writes in flight");
            _inFlight = row;
            if (!CommitsAtOnce)
            {
                return;
            }

            _rows.Add(Encoder.Decode(row));
            _inFlight = null;
            Book.WriteAcknowledged(Now);
        }
    }

    private void Carry(BookEffect effect)
    {
        switch (effect)
        {
            case BookEffect.ChooseRoute choose when Router(choose.Request) is { } decision:
                Count(decision);
                Book.RouteChosen(choose.RouteId, decision, Now);
                break;
            case BookEffect.RouteSettled settled:
                Counted[settled.Channel]--;
                break;
        }
    }

    private void Count(RouteDecision decision)
    {
        if (decision is RouteDecision.Chosen chosen)
        {
            Counted[chosen.Channel] = Counted.GetValueOrDefault(chosen.Channel) + 1;
        }
    }
}
