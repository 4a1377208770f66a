using RouterCluster.Domain.Books;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Payments;

/// <summary>What others ask of a book or report to it, as inputs of the domain's book.</summary>
internal static class BookInputs
{
    /// <returns>False: the message is none of these.</returns>
    public static bool TryGive(PaymentBook book, object message, BookTime now)
    {
        switch (message)
        {
            case AcceptInBook accept:
                book.Accept(accept.Request, now);
                return true;
            case DecideInBook decide:
                book.Decide(decide.Request, now);
                return true;
            case AskInBook ask:
                book.AskByHand(ask.Caller, ask.Id, now);
                return true;
            case CancelInBook cancel:
                book.Cancel(cancel.Caller, cancel.Id, now);
                return true;
            case GetFromBook get:
                book.Get(get.Caller, get.Id);
                return true;
            case ReportToBook told:
                book.AttemptReported(told.Report, now);
                return true;
            case OrderInQueue said:
                book.InQueue(said.Payment, said.AttemptNo, said.IsInQueue);
                return true;
            case NoticeToBook told:
                book.Noticed(told.Notice, now);
                return true;
            default:
                return false;
        }
    }
}
