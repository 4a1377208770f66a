using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Payments;

internal enum BookAvailability
{
    /// <summary>The journal is read; the read model has not reported its offset yet.</summary>
    NotYetOpen,
    Open,

    /// <summary>Journal and read model contradict each other: nothing is decided until people have looked.</summary>
    Shut,
}

/// <summary>
/// Immediate answers of a book that may not decide. The payment may be stored, so a request gets "ask again" and never
/// "nothing was stored".
/// </summary>
internal static class BookRefusal
{
    /// <param name="isShut">Not even the payments in memory may be shown.</param>
    /// <returns>False: the message asks for no decision.</returns>
    public static bool TryRefuse(object message, bool isShut)
    {
        switch (message)
        {
            case AcceptInBook accept:
                Answer(accept.Request.Caller, new BookAnswer.StillAccepting());
                return true;
            case DecideInBook decide:
                Answer(decide.Request.Caller, new BookAnswer.OutOfReach());
                return true;
            case AskInBook ask:
                Answer(ask.Caller, new BookAnswer.OutOfReach());
                return true;
            case CancelInBook cancel:
                Answer(cancel.Caller, new BookAnswer.OutOfReach());
                return true;
            case NoticeToBook told:
                Answer(told.Notice.Caller, new BookAnswer.OutOfReach());
                return true;
            case GetFromBook get when isShut:
                Answer(get.Caller, new BookAnswer.OutOfReach());
                return true;
            case ReportToBook:
                return true;
            default:
                return false;
        }
    }

    public static void Answer(Caller caller, BookAnswer answer) =>
        ((IActorRef)caller.Address).Tell(new BookAnswered(caller.Request, answer));
}
