using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>Carries what leaves a book to merchants, lanes, the router and the read model.</summary>
internal sealed class BookEffects(Life life, BookOwner owner, Chance chance)
{
    public void Carry(IReadOnlyList<BookEffect> effects)
    {
        foreach (var effect in effects)
        {
            if (!owner.IsStopped)
            {
                Carry(effect);
            }
        }
    }

    /// <summary>To the read model and, read back, to the book.</summary>
    public void Project(IReadOnlyList<(Payment Payment, long Version)> rows)
    {
        var isLate = life.Faults.Strike(FaultKind.ReadModelLate, chance, 0.1);
        owner.ReceiveAfter(isLate ? chance.Seconds(0, 20) : chance.Seconds(0.05, 0.5), (book, now) =>
            book.ReadBackFromReadModel(life.ReadModel.Project(rows), now.Monotonic));
    }

    private void Carry(BookEffect effect)
    {
        switch (effect)
        {
            case BookEffect.Answer answer:
                Answer(answer);
                break;
            case BookEffect.Submit submit:
                life.Observer.OrderLeaves(submit.Order);
                life.Network.Deliver(submit.Order);
                break;
            case BookEffect.Query query:
                life.Network.Deliver(query.Order);
                break;
            case BookEffect.ReportTaken taken:
                life.Observer.ReportTaken(taken.Report);
                life.Channel(taken.Report.Channel).Owner?.Taken(taken.Report);
                break;
            case BookEffect.OrderHeard:
                // Late truth touches what routers know, and no payment.
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
                Project([.. committed.Changed.Select(payment => (payment, committed.Sequence))]);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Answer(BookEffect.Answer answer)
    {
        if (answer.Caller.Address is SimulatedNotices notices)
        {
            notices.Hear(answer.Caller, answer.Value);
        }
        else
        {
            life.Merchants.Hear(answer.Caller, answer.Value);
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
