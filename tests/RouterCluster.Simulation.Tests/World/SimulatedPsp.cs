using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// A payment company with books of its own, the judge of the simulation. It loses answers, decides late, hides an order from
/// queries for a while (only payouts for longer than it documents), has bad hours, and now and then contradicts itself.
/// </summary>
internal sealed class SimulatedPsp(Life life, ChannelSetup setup, Chance own)
{
    private const string Maintenance = "39";
    private static readonly string[] Declines = ["51", "51", "54", "40", "61", "60", "38"];
    private static readonly string[] Refusals = [Maintenance, Maintenance, Maintenance, "33", "10"];

    /// <summary>Codes from which nothing follows, whatever the company has done.</summary>
    private static readonly string[] Unlisted = ["03", "99", "12"];

    private readonly Dictionary<string, PspOrder> _orders = [];
    private readonly SimulatedNotices _notices = new(life, setup.Id);
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
    public Word? Receive(SubmitOrder submit, Chance chance)
    {
        life.Observer.Received(setup.Id, submit);
        _notices.Received(submit, chance);
        var answer = Mode() switch
        {
            FaultKind.PspThrottles when life.Faults.Strike(FaultKind.PspThrottles) => Refuse(submit, Word.TooFast),
            FaultKind.PspInMaintenance when life.Faults.Strike(FaultKind.PspInMaintenance) => Refuse(submit, Maintenance),
            FaultKind.PspHangs when life.Faults.Strike(FaultKind.PspHangs) => chance.Of(0.5) ? Hang(submit, chance) : null,
            _ => Book(submit, chance),
        };
        if (answer is null && !_orders.ContainsKey(submit.OrderNo))
        {
            Refuse(submit, Maintenance);
        }

        if (IsMaintenance(answer) && life.Faults.Strike(FaultKind.RefusesAndPays, chance, 0.2))
        {
            _notices.RefusedAndPaid(submit, chance);
        }

        if (answer is not null && life.Faults.Strike(FaultKind.CodeUnlisted, chance, 0.03))
        {
            answer = answer with { Status = Word.Failed, Code = chance.Any(Unlisted) };
        }

        if (answer is not null && life.Faults.Strike(FaultKind.AnswerOff, chance, 0.04))
        {
            answer = OddWords.Of(answer, MovedOf(submit.OrderNo), chance);
        }

        life.Story?.Tell(submit.Payment, $"{setup.Id} receives {submit.OrderNo}, and will say {answer?.ToString() ?? "nothing"}");
        return answer;
    }

    public static bool IsMaintenance(Word? answer) => answer is { Status: Word.Failed, Code: Maintenance };

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
    public Word? Asked(QueryOrder query, Chance chance)
    {
        if (life.Faults.Strike(FaultKind.QueryGarbled, chance, 0.1))
        {
            return chance.Below(3) switch
            {
                0 => null,
                1 => Say(query, Word.Succeeded, "00") with { IsSigned = false },
                _ => Say(query, Word.Failed, Word.TooFast),
            };
        }

        if (life.Faults.Strike(FaultKind.QueryMixedUp, chance, 0.03)
            && _last is { } other && other.OrderNo != query.OrderNo)
        {
            return Answer(query, other) with { OrderNo = other.OrderNo };
        }

        var order = _orders.GetValueOrDefault(query.OrderNo);
        var answer = Mode() switch
        {
            FaultKind.PspHangs when life.Faults.Strike(FaultKind.PspHangs) => null,
            FaultKind.PspThrottles when life.Faults.Strike(FaultKind.PspThrottles) => Say(query, Word.Failed, Word.TooFast),
            _ => order is not null && order.Account == Target && order.VisibleFrom <= life.Time.Now
                ? Answer(query, order)
                : Say(query, Word.NotFound, "34"),
        };
        if (order is { Moved: null } && answer is { Status: Word.Processing }
            && life.Faults.Strike(FaultKind.PspForgets, chance, 0.1))
        {
            // It has said that it holds the order, does not find it for a while, and moves no money in the end.
            order.VisibleFrom = life.Time.Now + TimeSpan.FromSeconds(chance.Seconds(60, 300));
            order.IsForgotten = true;
            life.Observer.NeverMoves(query.Payment, query.AttemptNo);
        }

        return answer is not null && life.Faults.Strike(FaultKind.QueryAnswerOff, chance, 0.05)
            ? OddWords.Of(answer, order?.Moved, chance)
            : answer;
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

    private Word Refuse(SubmitOrder submit, string code)
    {
        life.Observer.NeverMoves(submit.Payment, submit.AttemptNo);
        return Say(submit, Word.Failed, code);
    }

    private Word? Hang(SubmitOrder submit, Chance chance)
    {
        Land(submit, chance, moves: chance.Of(0.7), decidesAfter: chance.Seconds(0, 20));
        return null;
    }

    private Word Book(SubmitOrder submit, Chance chance)
    {
        if (life.Faults.Strike(FaultKind.UndecidedForLong, chance, 0.01))
        {
            return Land(submit, chance, moves: chance.Of(0.6), decidesAfter: chance.Seconds(100, 500));
        }

        if (life.Faults.Strike(FaultKind.TruthLate, chance, 0.08))
        {
            return Land(submit, chance, moves: chance.Of(0.6), decidesAfter: chance.Seconds(0.5, 90));
        }

        // Once faults are over it is well, and refuses nobody: a breaker's probe that it refused would be no fault of the router.
        return chance.Below(life.Faults.AreOver ? 93 : 100) switch
        {
            < 82 => Land(submit, chance, moves: true, 0),
            < 91 => Land(submit, chance, moves: false, 0),
            < 93 => Land(submit, chance, moves: chance.Of(0.6), chance.Seconds(0.5, 5)),
            < 98 => Refuse(submit, chance.Any(Refusals)),
            _ => Refuse(submit, Word.TooFast),
        };
    }

    private Word Land(SubmitOrder submit, Chance chance, bool moves, double decidesAfter)
    {
        var hidden = life.Time.Now + TimeSpan.FromSeconds(Hidden(submit, chance));
        var order = new PspOrder(submit.OrderNo, life.Observer.TargetOf(submit), hidden, chance.Any(Declines));
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

        return order.Moved switch
        {
            null => Say(submit, Word.Processing, "05"),
            true => Say(submit, Word.Succeeded, "00"),
            false => Say(submit, Word.Failed, order.Decline),
        };
    }

    private Word Answer(QueryOrder query, PspOrder order) => order.Moved switch
    {
        null => Say(query, Word.Processing, "05"),
        true => Say(query, Word.Succeeded, "00"),
        false => Say(query, Word.Failed, order.Decline),
    };

    private static Word Say(SubmitOrder order, string status, string code) =>
        new(WordPhase.Submit, order.Channel.Value, order.OrderNo, status, code, order.Amount.Minor)
        {
            Reference = ReferenceOf(status),
        };

    private Word Say(QueryOrder order, string status, string code) =>
        new(WordPhase.Query, order.Channel.Value, order.OrderNo, status, code, order.Amount.Minor)
        {
            Reference = ReferenceOf(status),
            Question = order.Question,
            IsOfItsAccount = !life.Observer.IsElsewhere(order, Target),
        };

    private static string? ReferenceOf(string status) => status == Word.Succeeded ? SignedWords.Reference : null;

    private bool? MovedOf(string orderNo) => _orders.GetValueOrDefault(orderNo)?.Moved;

    /// <summary>A payout can be hidden for longer than documented: nothing but the company's word ends one.</summary>
    private double Hidden(SubmitOrder submit, Chance chance)
    {
        var documented = life.Settings.Policy.NotFoundIsFinalAfter.TotalSeconds;
        if (submit.Product == Product.Payout && life.Faults.Strike(FaultKind.PayoutHiddenTooLong, chance, 0.03))
        {
            return chance.Seconds(documented, 5 * documented);
        }

        return life.Faults.Strike(FaultKind.NotFoundThenSuccess, chance, 0.1) ? chance.Seconds(0, 0.9 * documented) : 0;
    }

    private void Decide(SubmitOrder submit, PspOrder order, bool moves, Chance chance)
    {
        moves &= !order.IsForgotten;
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

        _notices.Decided(submit, moves, order.Decline, chance);
    }

    /// <param name="decline">The code, if no money moves.</param>
    private sealed class PspOrder(string orderNo, ChannelTarget? account, TimeSpan visibleFrom, string decline)
    {
        public string OrderNo => orderNo;

        /// <summary>The one that got it: the other does not know it.</summary>
        public ChannelTarget? Account => account;

        public TimeSpan VisibleFrom { get; set; } = visibleFrom;

        public bool? Moved { get; set; }

        public bool IsForgotten { get; set; }

        public string Decline => decline;
    }
}

/// <summary>What became of an order, by its company's books.</summary>
internal enum OrderEnd
{
    Undecided,
    Moved,
    NotMoved,
}
