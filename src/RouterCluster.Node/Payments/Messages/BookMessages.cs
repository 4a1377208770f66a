using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Payments.Messages;

/// <summary>A message to a book's entity, on whichever node it is.</summary>
public interface IBookMessage
{
    int Book { get; }
}

public sealed record AcceptInBook(AcceptRequest Request) : IBookMessage
{
    public int Book => Request.Id.Book;
}

public sealed record GetFromBook(Caller Caller, PaymentId Id) : IBookMessage
{
    public int Book => Id.Book;
}

public sealed record DecideInBook(DecisionRequest Request) : IBookMessage
{
    public int Book => Request.Id.Book;
}

/// <summary>A person asks for a question about the payment's open attempt.</summary>
public sealed record AskInBook(Caller Caller, PaymentId Id) : IBookMessage
{
    public int Book => Id.Book;
}

/// <summary>Somebody wants nothing sent for the payment.</summary>
public sealed record CancelInBook(Caller Caller, PaymentId Id) : IBookMessage
{
    public int Book => Id.Book;
}

public sealed record ReportToBook(AttemptReport Report) : IBookMessage
{
    public int Book => Report.Payment.Book;
}

/// <summary>An order has entered or left its lane's queue.</summary>
public sealed record OrderInQueue(PaymentId Payment, int AttemptNo, bool IsInQueue) : IBookMessage
{
    public int Book => Payment.Book;
}

public sealed record NoticeToBook(NoticeRequest Notice) : IBookMessage
{
    public int Book => Notice.Payment.Book;
}

public sealed record BookAnswered(long Request, BookAnswer Answer);

/// <summary>The node stops: choose no channel and send no order any more. Answered with <see cref="BookIsQuiet"/>.</summary>
public sealed record FallQuiet : INoSerializationVerificationNeeded
{
    public static readonly FallQuiet Instance = new();
}

/// <summary>All orders that the book has sent are at their lanes.</summary>
public sealed record BookIsQuiet : INoSerializationVerificationNeeded
{
    public static readonly BookIsQuiet Instance = new();
}

/// <summary>Finish the write in flight and its effects, then stop.</summary>
public sealed record StopBook : INoSerializationVerificationNeeded
{
    public static readonly StopBook Instance = new();
}
