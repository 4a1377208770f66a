using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Payments;

/// <summary>Whether a book takes what comes to it.</summary>
internal enum BookDoor
{
    /// <summary>The journal is read; the read model has not said yet how far it is.</summary>
    NotYetOpen,
    Open,

    /// <summary>Journal and read model contradict each other: until people have looked, nothing is decided.</summary>
    Shut,
}

/// <summary>
/// What a book that may not decide says at once. The number of a payment may be stored, so a request for it is answered
/// "ask again" and never "nothing was stored".
/// </summary>
internal static class BookRefusal
{
    /// <param name="isShut">Not even what is in memory may be told.</param>
    /// <returns>False: the message is none that decides anything.</returns>
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
