using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>Carries what leaves a book to merchants, lanes, the router and the read model.</summary>
internal sealed class BookEffects(Life life, BookOwner owner, Chance chance)
{
    public void Carry(IReadOnlyList<BookEffect> effects)
    {
        for (var next = 0; next < effects.Count && !owner.IsStopped; next++)
        {
            Carry(effects[next]);
        }
    }

    /// <summary>Of each projection that is under way, the first row that it may hold.</summary>
    private readonly List<long> _projecting = [];

    /// <summary>To the read model and, read back, to the book.</summary>
    /// <param name="from">The first row that may hold any of it.</param>
    /// <param name="through">The last one.</param>
    /// <param name="untold">What merchants are told of once the read model has it.</param>
    public void Project(
        long from, long through, IReadOnlyCollection<(Payment Payment, long Version)> rows,
        IReadOnlyList<(Payment Payment, long Row)> untold)
    {
        _projecting.Add(from);
        var isLate = life.Faults.Strike(FaultKind.ReadModelLate, chance, 0.1);
        owner.ReceiveAfter(isLate ? chance.Seconds(0, 20) : chance.Seconds(0.05, 0.5), (book, now) =>
        {
            foreach (var (payment, _) in untold)
            {
                life.Observer.Told(payment);
            }

            Projected(book, from, through);
            book.ReadBackFromReadModel(life.ReadModel.Project(rows), now.Monotonic);
            foreach (var (payment, _) in rows)
            {
                life.Observer.Projected(payment);
                life.People.See(payment);
            }
        });
    }

    /// <summary>The read model stands before the first row that it does not have.</summary>
    private void Projected(PaymentBook book, long from, long through)
    {
        _projecting.Remove(from);
        var stands = through;
        foreach (var first in _projecting)
        {
            stands = Math.Min(stands, first - 1);
        }

        book.Projected(stands);
    }

    private void Carry(BookEffect effect)
    {
        switch (effect)
        {
            case BookEffect.Answer answer:
                Answer(answer);
                break;
            case BookEffect.Submit submit:
                life.Observer.OrderLeaves(owner, submit.Order);
                life.Network.Deliver(submit.Order);
                break;
            case BookEffect.Withdraw withdraw:
                life.Network.Withdraw(withdraw.Channel, withdraw.OrderNo);
                break;
            case BookEffect.Query query:
                life.Observer.QuestionLeaves(owner, query.Order);
                life.Network.Deliver(query.Order);
                break;
            case BookEffect.ReportTaken taken:
                life.Observer.ReportTaken(taken.Report);
                life.Channel(taken.Report.Channel).Owner?.Taken(taken.Report.Payment, taken.Report.AttemptNo);
                break;
            case BookEffect.OrderHeard heard:
                life.Channel(heard.Channel).Owner?.Noticed(heard.OrderNo, heard.Product, heard.Outcome);
                break;
            case BookEffect.ChooseRoute choose:
                Choose(choose);
                break;
            case BookEffect.RouteSettled settled:
                owner.Node.Router.Settle(settled.Channel, settled.Merchant);
                break;
            case BookEffect.LookUp look:
                LookUp(look.Id);
                break;
            case BookEffect.Committed committed:
                Project(committed.Sequence, committed.Sequence, Rows(committed), owner.UntoldOf(committed.Sequence));
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static (Payment Payment, long Version)[] Rows(BookEffect.Committed committed)
    {
        var rows = new (Payment Payment, long Version)[committed.Changed.Count];
        var filled = 0;
        foreach (var payment in committed.Changed)
        {
            rows[filled++] = (payment, committed.Sequence);
        }

        return rows;
    }

    private void Answer(BookEffect.Answer answer)
    {
        switch (answer.Caller.Address)
        {
            case SimulatedNotices notices:
                notices.Hear(answer.Caller, answer.Value);
                break;
            case SimulatedCancels cancels:
                cancels.Hear(answer.Caller, answer.Value);
                break;
            case SimulatedPeople people:
                people.Hear(answer.Caller, answer.Value);
                break;
            default:
                life.Merchants.Hear(answer.Caller, answer.Value, owner);
                break;
        }
    }

    private void Choose(BookEffect.ChooseRoute choose)
    {
        if (owner.Node.Router.Choose(choose.Request) is { } decision)
        {
            var isSlow = life.Faults.Strike(FaultKind.RouterSlow, chance, 0.02);
            owner.ReceiveAfter(
                isSlow ? chance.Seconds(0, 9) : chance.Seconds(0, 0.0005),
                (book, now) => book.RouteChosen(choose.RouteId, decision, now));
        }
    }

    private void LookUp(PaymentId id)
    {
        var fails = life.Faults.Strike(FaultKind.ReadModelFails, chance, 0.1);
        owner.ReceiveAfter(chance.Seconds(0.001, fails ? 3 : 0.02), (book, _) =>
        {
            if (fails)
            {
                book.LookUpFailed(id);
            }
            else
            {
                book.LookedUp(id, life.ReadModel.Find(id));
            }
        });
    }
}
