using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Payments.Messages;

/// <summary>What goes to a book's entity, whichever node it is on.</summary>
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

public sealed record ReportToBook(AttemptReport Report) : IBookMessage
{
    public int Book => Report.Payment.Book;
}

/// <summary>An order waits in its lane's queue, or does so no longer.</summary>
public sealed record OrderInQueue(PaymentId Payment, int AttemptNo, bool IsInQueue) : IBookMessage
{
    public int Book => Payment.Book;
}

public sealed record NoticeToBook(NoticeRequest Notice) : IBookMessage
{
    public int Book => Notice.Payment.Book;
}

/// <summary>A book's answer on its way to the node that asked.</summary>
public sealed record BookAnswered(long Request, BookAnswer Answer);

/// <summary>The node stops: choose nothing and send nothing any more. Answered with <see cref="BookIsQuiet"/>.</summary>
public sealed record FallQuiet
{
    public static readonly FallQuiet Instance = new();
}

/// <summary>All that the book has ever sent is at its lanes.</summary>
public sealed record BookIsQuiet
{
    public static readonly BookIsQuiet Instance = new();
}

/// <summary>Finish the write in flight and its effects, then stop.</summary>
public sealed record StopBook
{
    public static readonly StopBook Instance = new();
}
