using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>Merchants and operators who want a payment not to be sent, at any moment of its life and several times.</summary>
internal sealed class SimulatedCancels(Life life)
{
    private readonly List<Request> _requests = [];

    /// <summary>The payment's merchant asks for it at this moment.</summary>
    public void Plan(PaymentId id)
    {
        var chance = new Chance(life.Scenario.Seed, $"cancels of {id}", 0);
        if (!life.Faults.Strike(FaultKind.PaymentCancelled, chance, 0.2))
        {
            return;
        }

        var at = 0.0;
        for (var times = 1 + chance.Below(3); times > 0; times--)
        {
            at += chance.Of(0.6) ? chance.Seconds(0, 0.1) : chance.Seconds(0, 10);
            life.Time.After(at, () => Ask(id));
        }
    }

    public void Hear(Caller caller, BookAnswer answer)
    {
        var request = _requests[(int)caller.Request];
        request.IsAnswered = true;
        life.Story?.Tell(
            request.Payment,
            $"who cancels it hears: {(answer is BookAnswer.Refused { Why: var why } ? why.ToString() : answer.GetType().Name)}");
        life.Observer.CancelAnswered(request.Payment, request.Record, request.AskedAt, answer);
    }

    private void Ask(PaymentId id)
    {
        var request = new Request(id, life.Time.Now);
        _requests.Add(request);
        var caller = new Caller(this, _requests.Count - 1);
        life.Story?.Tell(id, "somebody cancels it");
        life.Time.After(0.001, () =>
        {
            var book = life.Books[id.Book];
            book.Owner?.MustAnswer(
                id, Clause.RequestsAreAnswered, Situation.RequestToLiveBook, () => request.IsAnswered);
            book.TellOwner((owner, told, now) =>
            {
                request.Record = life.Observer.Cancels(owner, id, request.AskedAt);
                told.Cancel(caller, id, now);
            });
        });
    }

    private sealed class Request(PaymentId payment, TimeSpan askedAt)
    {
        public PaymentId Payment => payment;

        public TimeSpan AskedAt => askedAt;

        /// <summary>Set when a book has received it.</summary>
        public CancelRecord? Record { get; set; }

        public bool IsAnswered { get; set; }
    }
}
