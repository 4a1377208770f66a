using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// Clerks who see in the read model which payments need people. One proposes what the companies' books say, another
/// approves what it was shown. Some err, decide alone, race each other, or are not heard of again; some decide by list.
/// </summary>
internal sealed class SimulatedPeople(Life life)
{
    /// <summary>Whoever asks by hand learns the answer from the payment.</summary>
    private const long NoRequest = -1;

    private static readonly Person[] Clerks = [new("alice", "a1"), new("bob", "b2"), new("carol", "c3")];
    private static readonly TimeSpan ExpiresAfter = TimeSpan.FromSeconds(60);

    private readonly HashSet<(PaymentId Id, int Cases)> _seen = [];
    private readonly HashSet<(PaymentId Id, int Attempts)> _asked = [];
    private readonly List<Request> _requests = [];
    private TimeSpan _busyUntil;
    private int _lists;

    /// <summary>Somebody is going to say something, or to be answered.</summary>
    public bool AreBusy => life.Time.Now < _busyUntil;

    /// <summary>A payment as the read model has it now.</summary>
    public void See(Payment payment)
    {
        if (payment.OpenAttempt is { } open && _asked.Add((payment.Id, open.No)))
        {
            AskByHand(payment.Id, new Chance(life.Scenario.Seed, $"questions about {payment.Id}", open.No));
        }

        if (payment.NeedsDecision && _seen.Add((payment.Id, payment.Cases.Length))
            && life.Faults.Happen(FaultKind.PeopleDecide))
        {
            var chance = new Chance(life.Scenario.Seed, $"people of {payment.Id}", payment.Cases.Length);
            After(chance.Seconds(1, 120), () => Take(payment.Id, chance));
        }
    }

    public void Hear(Caller caller, BookAnswer answer)
    {
        if (caller.Request == NoRequest)
        {
            return;
        }

        var request = _requests[(int)caller.Request];
        var id = request.Payment;
        life.Story?.Tell(id, $"{request.By.Name} hears: {answer.GetType().Name}");
        life.Observer.PeopleAnswered(id, request.At, answer);
        if (answer is BookAnswer.Stored { IsNew: true, Payment.Proposals: [.., { IsPending: true } proposed] }
            && proposed.By == request.By
            && !life.Faults.Happen(FaultKind.PersonVanishes, request.Chance, 0.2))
        {
            Settle(id, proposed, request.Chance);
        }
    }

    /// <summary>Somebody wants to know now, and sometimes asks again and again.</summary>
    private void AskByHand(PaymentId id, Chance chance)
    {
        if (!life.Faults.Strike(FaultKind.PersonAsks, chance, 0.1))
        {
            return;
        }

        var at = 0.0;
        for (var times = chance.Of(0.5) ? 1 : 2 + chance.Below(12); times > 0; times--)
        {
            at += chance.Of(0.5) ? chance.Seconds(0, 2) : chance.Seconds(0, 30);
            life.Time.After(at, () => life.Books[id.Book].TellOwner((owner, book, now) =>
            {
                life.Observer.AskedByHand(owner, id);
                book.AskByHand(new Caller(this, NoRequest), id, now);
            }));
        }
    }

    private void Take(PaymentId id, Chance chance)
    {
        if (life.ReadModel.Find(id) is not { NeedsDecision: true } shown)
        {
            return;
        }

        var by = chance.Any(Clerks);
        var errs = life.Faults.Happen(FaultKind.PersonErrs, chance, 0.2);
        var outcome = errs ? chance.Any(Enum.GetValues<ProposedOutcome>()) : ByTheBooks(shown);
        if (life.Faults.Happen(FaultKind.PeopleDecideByList, chance, 0.4))
        {
            var list = $"list-{++_lists}";
            var decide = new DecideInBulk(
                default, list, outcome, "simulated", "books", by, Second(by, chance), ContentDigest.Of(shown));
            life.Observer.ListFrozen(id, list, shown);
            After(chance.Seconds(1, 60), () => Ask(id, by, decide, chance));
        }
        else
        {
            Ask(id, by, new ProposeDecision(default, by, outcome, "simulated", "books", ExpiresAfter), chance);
        }
    }

    private void Settle(PaymentId id, Proposal proposed, Chance chance)
    {
        var second = Second(proposed.By, chance);
        var seconds = chance.Seconds(0.5, 70);
        var approve = new ApproveDecision(default, proposed.No, second, proposed.Digest);
        After(seconds, () => Ask(id, second, approve, chance));
        if (life.Faults.Happen(FaultKind.PeopleRace, chance, 0.3))
        {
            var third = chance.Any(Clerks);
            DecisionCommand other = chance.Of(0.5)
                ? approve with { By = third }
                : new RejectDecision(default, proposed.No, third, "simulated");
            After(seconds + chance.Seconds(0, 0.05), () => Ask(id, third, other, chance));
        }
    }

    /// <summary>Another clerk; or the same one, sometimes under another name or with another token.</summary>
    private Person Second(Person first, Chance chance)
    {
        var second = Clerks[(Array.IndexOf(Clerks, first) + 1 + chance.Below(Clerks.Length - 1)) % Clerks.Length];
        return !life.Faults.Happen(FaultKind.PersonDecidesAlone, chance, 0.2) ? second : chance.Below(3) switch
        {
            0 => first,
            1 => first with { Name = "dave" },
            _ => first with { Name = first.Name.ToUpperInvariant(), TokenMark = "d4" },
        };
    }

    private ProposedOutcome ByTheBooks(Payment shown)
    {
        var ends = shown.Attempts.Select(attempt => life.Channel(attempt.Channel).Psp.EndOf(attempt.OrderNo)).ToList();
        return ends.Contains(OrderEnd.Moved) ? ProposedOutcome.Succeeded
            : ends.Contains(OrderEnd.Undecided) ? ProposedOutcome.KeepAsking
            : shown is { State: PaymentState.Suspended, Attempts.IsEmpty: true } ? ProposedOutcome.Release
            : ProposedOutcome.Failed;
    }

    private void Ask(PaymentId id, Person by, DecisionCommand command, Chance chance)
    {
        life.Story?.Tell(id, $"{by.Name} asks: {command}");
        _requests.Add(new Request(id, by, chance, life.Time.Now));
        var request = new DecisionRequest(new Caller(this, _requests.Count - 1), id, command);
        After(0.001, () => life.Books[id.Book].Tell((book, now) => book.Decide(request, now)));
    }

    private void After(double seconds, Action action)
    {
        var answered = life.Time.Now + TimeSpan.FromSeconds(seconds + 1);
        _busyUntil = answered > _busyUntil ? answered : _busyUntil;
        life.Time.After(seconds, action);
    }

    private sealed record Request(PaymentId Payment, Person By, Chance Chance, TimeSpan At);
}
