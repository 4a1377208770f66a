using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// A payment company with books of its own, the judge of the simulation. It loses answers, decides late, hides an order from
/// queries for a while (only payouts for longer than it documents), has bad hours, and now and then contradicts itself.
/// </summary>
internal sealed class SimulatedPsp(Life life, ChannelSetup setup, Chance own)
{
    private readonly Dictionary<string, PspOrder> _orders = [];
    private readonly SimulatedNotices _notices = new(life, setup.Id);
    private readonly MixedUpAnswers _mixedUp = new(life);
    private readonly List<(double From, double To, FaultKind Mode)> _badHours = [];
    private int _account;
    private readonly ChannelTarget[] _accounts =
        [new("http-json", $"{setup.Id}.psp", "M1"), new("http-json", $"{setup.Id}.psp", "M2")];

    private PspOrder? _last;

    /// <summary>The account that the configuration names now.</summary>
    public ChannelTarget Target => _accounts[_account];

    public void Plan(double until)
    {
        for (var hours = own.Below(4); hours > 0; hours--)
        {
            var from = own.Seconds(0, until);
            var mode = own.Any<FaultKind>(
                [FaultKind.PspHangs, FaultKind.PspThrottles, FaultKind.PspInMaintenance, FaultKind.PspFlaps]);
            _badHours.Add((from, from + own.Seconds(1, until / 2), mode));
        }

        // Another file is used, and now and then the first one again.
        var moves = own.Seconds(0, until);
        var returns = own.Of(0.5) ? own.Seconds(0, 120) : (double?)null;
        if (own.Of(0.3))
        {
            life.Time.After(moves, () => Use(account: 1, returns));
        }
    }

    /// <summary>The answer; null: none ever comes.</summary>
    public Outcome? Receive(SubmitOrder submit, Chance chance)
    {
        life.Observer.Received(setup.Id, submit);
        _notices.Received(submit, chance);
        var answer = Mode() switch
        {
            FaultKind.PspThrottles when life.Faults.Strike(FaultKind.PspThrottles) => Refuse(submit, Told.TooFast),
            FaultKind.PspInMaintenance when life.Faults.Strike(FaultKind.PspInMaintenance) => Refuse(submit, Told.Maintenance),
            FaultKind.PspHangs when life.Faults.Strike(FaultKind.PspHangs) => chance.Of(0.5) ? Hang(submit, chance) : null,
            _ => Book(submit, chance),
        };
        if (answer is null && !_orders.ContainsKey(submit.OrderNo))
        {
            Refuse(submit, Told.Maintenance);
        }

        if (answer == Told.Maintenance && life.Faults.Strike(FaultKind.RefusesAndPays, chance, 0.2))
        {
            _notices.RefusedAndPaid(submit, chance);
        }

        life.Story?.Tell(submit.Payment, $"{setup.Id} receives {submit.OrderNo}, and will say {answer?.ToString() ?? "nothing"}");
        return answer;
    }

    /// <summary>Until when it says that it works on its systems; null: it says nothing. Sometimes it errs by weeks.</summary>
    public DateTimeOffset? Announces(Chance chance)
    {
        if (!life.Faults.Strike(FaultKind.PspAnnouncesMaintenance, chance, 0.3))
        {
            return null;
        }

        var seconds = chance.Of(0.1) ? TimeSpan.FromDays(40).TotalSeconds : chance.Seconds(1, 20);
        return LifeSettings.Birth + life.Time.Now + TimeSpan.FromSeconds(seconds);
    }

    /// <summary>The answer to a query; null: none ever comes.</summary>
    public Outcome? Asked(QueryOrder query, Chance chance)
    {
        if (life.Faults.Strike(FaultKind.QueryGarbled, chance, 0.1))
        {
            return chance.Below(3) switch { 0 => null, 1 => Told.Garbled, _ => Told.QueryTooFast };
        }

        if (life.Faults.Strike(FaultKind.QueryMixedUp, chance, 0.03)
            && _last is { } other && other.OrderNo != query.OrderNo)
        {
            return _mixedUp.Read(query, other.OrderNo, other.Moved);
        }

        return Mode() switch
        {
            FaultKind.PspHangs when life.Faults.Strike(FaultKind.PspHangs) => null,
            FaultKind.PspThrottles when life.Faults.Strike(FaultKind.PspThrottles) => Told.QueryTooFast,
            _ => _orders.TryGetValue(query.OrderNo, out var order) && order.Account == Target
                && order.VisibleFrom <= life.Time.Now
                ? order.Answer
                : Told.NotFound,
        };
    }

    /// <summary>As its own clerks see it: no order is hidden from them.</summary>
    public OrderEnd EndOf(string orderNo) => !_orders.TryGetValue(orderNo, out var order) ? OrderEnd.NotMoved : order.Moved switch
    {
        null => OrderEnd.Undecided,
        true => OrderEnd.Moved,
        false => OrderEnd.NotMoved,
    };

    private void Use(int account, double? returns)
    {
        if (account == 0 || life.Faults.Strike(FaultKind.AccountMoves))
        {
            _account = account;
            life.Story?.Tell($"{setup.Id} is {Target} from now on");
            if (returns is { } after)
            {
                life.Time.After(after, () => Use(account: 0, null));
            }
        }
    }

    /// <summary>What its day is like now; null: as always.</summary>
    private FaultKind? Mode()
    {
        var now = life.Time.Now.TotalSeconds;
        foreach (var (from, to, mode) in _badHours)
        {
            if (now >= from && now < to)
            {
                return mode != FaultKind.PspFlaps ? mode
                    : (int)now % 4 < 2 && life.Faults.Strike(FaultKind.PspFlaps) ? FaultKind.PspInMaintenance
                    : null;
            }
        }

        return null;
    }

    private Outcome Refuse(SubmitOrder submit, Outcome answer)
    {
        life.Observer.NeverMoves(submit.Payment, submit.AttemptNo);
        return answer;
    }

    private Outcome? Hang(SubmitOrder submit, Chance chance)
    {
        Land(submit, chance, moves: chance.Of(0.7), decidesAfter: chance.Seconds(0, 20));
        return null;
    }

    private Outcome Book(SubmitOrder submit, Chance chance)
    {
        if (life.Faults.Strike(FaultKind.TruthLate, chance, 0.08))
        {
            return Land(submit, chance, moves: chance.Of(0.6), decidesAfter: chance.Seconds(0.5, 90));
        }

        return chance.Below(100) switch
        {
            < 84 => Land(submit, chance, moves: true, 0),
            < 93 => Land(submit, chance, moves: false, 0),
            < 95 => Land(submit, chance, moves: chance.Of(0.6), chance.Seconds(0.5, 5)),
            < 98 => Refuse(submit, Told.Maintenance),
            _ => Refuse(submit, Told.TooFast),
        };
    }

    private Outcome Land(SubmitOrder submit, Chance chance, bool moves, double decidesAfter)
    {
        var order = new PspOrder(
            submit.OrderNo, life.Observer.TargetOf(submit), life.Time.Now + TimeSpan.FromSeconds(Hidden(submit, chance)));
        _orders.Add(submit.OrderNo, order);
        _last = order;
        if (decidesAfter > 0)
        {
            life.Time.After(decidesAfter, () => Decide(submit, order, moves, chance));
        }
        else
        {
            Decide(submit, order, moves, chance);
        }

        return order.Answer;
    }

    /// <summary>A payout can be hidden for longer than documented: nothing but the company's word ends one.</summary>
    private double Hidden(SubmitOrder submit, Chance chance)
    {
        var documented = LifeSettings.Policy.NotFoundIsFinalAfter.TotalSeconds;
        if (submit.Product == Product.Payout && life.Faults.Strike(FaultKind.PayoutHiddenTooLong, chance, 0.03))
        {
            return chance.Seconds(documented, 5 * documented);
        }

        return life.Faults.Strike(FaultKind.NotFoundThenSuccess, chance, 0.1) ? chance.Seconds(0, 0.9 * documented) : 0;
    }

    private void Decide(SubmitOrder submit, PspOrder order, bool moves, Chance chance)
    {
        order.Moved = moves;
        life.Story?.Tell(submit.Payment, $"{setup.Id} decides {submit.OrderNo}: {(moves ? "money moves" : "no money moves")}");
        if (moves)
        {
            life.Observer.Moved(submit);
        }
        else
        {
            life.Observer.NeverMoves(submit.Payment, submit.AttemptNo);
        }

        _notices.Decided(submit, moves, chance);
    }

    private sealed class PspOrder(string orderNo, ChannelTarget? account, TimeSpan visibleFrom)
    {
        public string OrderNo => orderNo;

        /// <summary>The one that got it: the other does not know it.</summary>
        public ChannelTarget? Account => account;

        public TimeSpan VisibleFrom => visibleFrom;

        public bool? Moved { get; set; }

        public Outcome Answer => Moved switch
        {
            null => Told.Processing,
            true => Told.Success,
            false => Told.NoFunds,
        };
    }
}

/// <summary>What became of an order, by its company's books.</summary>
internal enum OrderEnd
{
    Undecided,
    Moved,
    NotMoved,
}
