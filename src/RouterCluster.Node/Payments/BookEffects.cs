using System.Diagnostics;
using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Routing.Messages;

namespace RouterCluster.Node.Payments;

/// <summary>
/// Delivers a book's effects to lanes, router, read model and callers, after the commit that they wait for.
/// </summary>
/// <param name="book">The entity itself, for its questions to the read model.</param>
/// <param name="untoldOf">By row: the changes of which merchants have not been told.</param>
internal sealed class BookEffects(
    BookContext context, IActorRef book, BookLookUps lookUps,
    Func<long, IReadOnlyList<(Payment Payment, long Row)>> untoldOf)
{
    /// <summary>Null until the book has recovered.</summary>
    public IActorRef? Projection { get; set; }

    public void Deliver(IReadOnlyList<BookEffect> effects)
    {
        foreach (var effect in effects)
        {
            Deliver(effect);
        }
    }

    private void Deliver(BookEffect effect)
    {
        switch (effect)
        {
            case BookEffect.Answer answer:
                BookRefusal.Answer(answer.Caller, answer.Value);
                break;
            case BookEffect.Submit submit:
                Send(submit.Order);
                break;
            case BookEffect.Withdraw withdraw:
                context.Channels.ReportOf(withdraw.Channel)?.SubmitLane.Tell(new WithdrawOrder(withdraw.OrderNo));
                break;
            case BookEffect.Query query:
                context.Channels.ReportOf(query.Order.Channel)?.QueryLane.Tell(query.Order);
                break;
            case BookEffect.ReportTaken taken:
                context.Channels.ReportOf(taken.Report.Channel)?.SubmitLane.Tell(
                    new ReportTaken(taken.Report.Payment, taken.Report.AttemptNo));
                break;
            case BookEffect.OrderHeard heard:
                context.Channels.ReportOf(heard.Channel)?.SubmitLane.Tell(
                    new OrderHeard(heard.OrderNo, heard.Product, heard.Outcome));
                break;
            case BookEffect.ChooseRoute route:
                context.Router.Tell(new AskRoute(route.RouteId, route.Request));
                break;
            case BookEffect.RouteSettled settled:
                context.Router.Tell(new SettleRoute(settled.Channel, settled.Merchant));
                break;
            case BookEffect.LookUp look:
                lookUps.Ask(look.Id);
                break;
            case BookEffect.Committed committed:
                OnCommitted(committed);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>An order for a channel without a report is not sent, which is then certain.</summary>
    private void Send(SubmitOrder order)
    {
        if (context.Channels.ReportOf(order.Channel) is { } channel)
        {
            channel.SubmitLane.Tell(order);
        }
        else
        {
            book.Tell(new ReportToBook(order.NeverLeft("no_owner", "The channel has no owner.")));
        }
    }

    /// <summary>
    /// The projection has no queue because it may lose no row: after a fault it begins again from the book.
    /// </summary>
    private void OnCommitted(BookEffect.Committed committed)
    {
        context.Subscribers.Happened(committed.Events);
        var accepted = committed.Events
            .Where(happened => happened.Event is PaymentAccepted).Select(happened => happened.After.Id);
        Projection?.Tell(new BookProjectionActor.RowCommitted(
            committed.Sequence, committed.Changed, [.. accepted], untoldOf(committed.Sequence)));
    }
}
