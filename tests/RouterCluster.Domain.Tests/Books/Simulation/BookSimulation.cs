using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books.Simulation;

/// <summary>
/// One book in a world of lost messages, slow and failing writes, crashes and late truth, all from one seed, in virtual
/// time. What must never be is checked the moment it could be seen from outside.
/// </summary>
internal sealed class BookSimulation
{
    private const double FaultsEnd = 60;
    private const double End = 500;

    private static readonly BookRules BookRules = BookHarness.Usual with { KeepClosedFor = TimeSpan.FromSeconds(10) };
    private static readonly object NoticeSender = new();
    private static readonly ChannelId[] Channels = [Alpha, Bravo, Charlie, new("delta")];

    private readonly VirtualTime _time = new();
    private readonly Chance _chance;
    private readonly SimulatedStorage _storage = new();
    private readonly SimulatedLanes _lanes;
    private readonly SimulatedMerchants _merchants;
    private readonly Dictionary<ChannelId, int> _counted = [];
    private PaymentBook? _book;
    private ReadOnlyMemory<byte>? _inFlight;
    private int _incarnation;
    private TimeSpan _skew;

    private BookSimulation(int seed)
    {
        _chance = new Chance(seed);
        var psp = new SimulatedPsp(_time, _chance);
        _lanes = new SimulatedLanes(_time, _chance, psp, report => Input(book => book.AttemptReported(report, Now)));
        psp.Notify = Notify;
        _merchants = new SimulatedMerchants(_time, _chance, psp, _storage);
    }

    private BookTime Now => new(Start + _time.Now + _skew, _time.Now);

    /// <summary>Runs a whole life; the message of a failure names the seed that repeats it.</summary>
    /// <returns>All payments as they were stored at the end, to compare runs by.</returns>
    public static string Run(int seed)
    {
        var simulation = new BookSimulation(seed);
        try
        {
            simulation.Run();
            return string.Join('\n', simulation._storage.Payments.Values.Select(Tests.Payments.PaymentFixtures.Describe));
        }
        catch (Exception broken)
        {
            throw new Xunit.Sdk.XunitException($"seed {seed}, at {simulation._time.Now}: {broken.Message}", broken);
        }
    }

    private void Run()
    {
        Recover();
        Tick();
        _merchants.Plan(FaultsEnd - 10, request => Input(book => book.Accept(request, Now)));
        for (var crashes = _chance.Below(6); crashes > 0; crashes--)
        {
            _time.After(_chance.Seconds(0, FaultsEnd), Crash);
        }

        for (var crashes = _chance.Below(3); crashes > 0; crashes--)
        {
            _time.After(_chance.Seconds(0, FaultsEnd), _lanes.Crash);
        }

        _time.RunUntil(FaultsEnd);
        _chance.Faults = false;
        _time.RunUntil(End);
        _merchants.CheckEnds();
        Assert.All(_counted, held => Assert.True(held.Value == 0, $"L5: the router counts {held.Value} at {held.Key}"));
    }

    /// <summary>While the book is away nobody takes it, and it comes again. Some notices are of another order.</summary>
    private void Notify(SubmitOrder order, Outcome told)
    {
        if (_book is null)
        {
            _time.After(5, () => Notify(order, told));
            return;
        }

        var isWrong = _chance.Of(0.2);
        var amount = isWrong ? order.Amount with { Minor = order.Amount.Minor + 1 } : order.Amount;
        var outcome = isWrong ? Success : told;
        Input(book => book.Noticed(
            new NoticeRequest(
                new Caller(NoticeSender, 0), order.Payment, order.AttemptNo, order.OrderNo, order.Channel, amount, outcome),
            Now));
    }

    private void Input(Action<PaymentBook> input)
    {
        if (_book is { } book)
        {
            input(book);
            Pump(book);
        }
    }

    /// <summary>Only for the book that asked: what is addressed to a dead one is lost.</summary>
    private void Later(double seconds, Action<PaymentBook> input)
    {
        var incarnation = _incarnation;
        _time.After(seconds, () =>
        {
            if (incarnation == _incarnation)
            {
                Input(input);
            }
        });
    }

    private void Tick() => _time.After(0.5, () =>
    {
        Input(book => book.Tick(Now));
        if (_chance.Of(0.05) && _book?.TakeSnapshot() is { } snapshot)
        {
            _storage.Keep(snapshot);
        }

        Tick();
    });

    private void Crash()
    {
        if (_book is null)
        {
            return;
        }

        if (_inFlight is { } row && _chance.Of(0.5))
        {
            _storage.Append(row);
        }

        _book = null;
        _inFlight = null;
        _incarnation++;
        _counted.Clear();
        _time.After(_chance.Seconds(0.1, 3), Recover);
    }

    private void Recover()
    {
        _skew = TimeSpan.FromSeconds(_chance.Seconds(-1, 1));
        _book = _storage.Recover(BookRules, Now);
        foreach (var (payment, changedAt) in _book.InMemory())
        {
            Project(payment, changedAt);
        }

        Pump(_book);
    }

    private void Pump(PaymentBook book)
    {
        foreach (var effect in book.TakeEffects())
        {
            Carry(effect);
        }

        if (book.TakeWrite() is { } row)
        {
            Assert.Null(_inFlight);
            _inFlight = row;
            var incarnation = _incarnation;
            _time.After(_chance.Fault(0.05) ? _chance.Seconds(0, 4) : _chance.Seconds(0.001, 0.05), () => Written(incarnation));
        }
    }

    private void Written(int incarnation)
    {
        if (incarnation != _incarnation)
        {
            return;
        }

        if (_chance.Fault(0.02))
        {
            Crash();
            return;
        }

        _storage.Append(_inFlight!.Value);
        _inFlight = null;
        Input(book => book.WriteAcknowledged());
    }

    private void Carry(BookEffect effect)
    {
        switch (effect)
        {
            case BookEffect.Answer answer:
                if (answer.Caller.Address != NoticeSender)
                {
                    _merchants.Hear(answer.Caller, answer.Value);
                }

                break;
            case BookEffect.Submit submit:
                Assert.Equal(AttemptState.Processing, Stored(submit.Order.Payment, submit.Order.AttemptNo)?.State);
                _lanes.Submit(submit.Order);
                break;
            case BookEffect.Query query:
                Assert.NotNull(Stored(query.Order.Payment, query.Order.AttemptNo));
                _lanes.Query(query.Order);
                break;
            case BookEffect.ReportTaken taken:
                CheckTaken(taken.Report);
                _lanes.Taken(taken.Report);
                break;
            case BookEffect.ChooseRoute choose:
                Choose(choose);
                break;
            case BookEffect.RouteSettled settled:
                _counted[settled.Channel] = _counted.GetValueOrDefault(settled.Channel) - 1;
                break;
            case BookEffect.LookUp look:
                LookUp(look.Id);
                break;
            case BookEffect.Committed committed:
                Assert.Equal(_storage.Rows, committed.Sequence);
                foreach (var payment in committed.Changed)
                {
                    Project(payment, committed.Sequence);
                }

                break;
        }
    }

    private Attempt? Stored(PaymentId id, int no) =>
        _storage.Payments.GetValueOrDefault(id)?.Attempts.FirstOrDefault(attempt => attempt.No == no);

    private void CheckTaken(AttemptReport report)
    {
        var attempt = Stored(report.Payment, report.AttemptNo);
        var speaksOfTheEnd = report.Outcome.IsSuccess() || report.Outcome.IsDefiniteFailure();
        var isStored = attempt is not null
            && (attempt.State != AttemptState.Processing || (!speaksOfTheEnd && attempt.Outcome != Outcome.None));
        Assert.True(isStored, $"S1: the lane may forget {report}, and it is not stored");
    }

    private void Choose(BookEffect.ChooseRoute choose)
    {
        if (_chance.Fault(0.03))
        {
            return;
        }

        ChannelId[] untried = [.. Channels.Except(choose.Request.Tried)];
        RouteDecision decision = untried.Length == 0 ? new RouteDecision.NoneEver(RouteReasons.None)
            : _chance.Of(0.1) ? new RouteDecision.NoneNow(TimeSpan.FromSeconds(1), RouteReasons.None)
            : new RouteDecision.Chosen(untried[_chance.Below(untried.Length)], RouteReasons.None);
        if (decision is RouteDecision.Chosen chosen)
        {
            _counted[chosen.Channel] = _counted.GetValueOrDefault(chosen.Channel) + 1;
        }

        var takes = _chance.Fault(0.1) ? _chance.Seconds(0, 8) : _chance.Seconds(0, 0.02);
        Later(takes, book => book.RouteChosen(choose.RouteId, decision, Now));
    }

    private void LookUp(PaymentId id) => Later(_chance.Seconds(0, 0.5), book =>
    {
        if (_chance.Fault(0.2))
        {
            book.LookUpFailed(id);
        }
        else
        {
            book.LookedUp(id, _storage.ReadModel.TryGetValue(id, out var row) ? row.Payment : null);
        }
    });

    private void Project(Payment payment, long version) => Later(_chance.Seconds(0.05, 2), book =>
    {
        if (!_storage.ReadModel.TryGetValue(payment.Id, out var known) || known.Version < version)
        {
            _storage.ReadModel[payment.Id] = (payment, version);
        }

        book.ReadBackFromReadModel([(payment.Id, _storage.ReadModel[payment.Id].Version)], Now.Monotonic);
    });
}
