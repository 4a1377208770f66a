using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Merchants;

public static class DuplicateRule
{
    /// <summary>Another number of the same content is the first one unless it is known that no money moves under it.</summary>
    /// <param name="answer">The book's answer for the other number, asked for at <paramref name="askedAt"/> or later.</param>
    public static bool IsFirst(Sighting other, BookAnswer answer, DateTimeOffset askedAt, AdmissionRules rules) => answer switch
    {
        BookAnswer.Stored { Payment.State: PaymentState.Failed or PaymentState.Closed } => false,
        BookAnswer.Stored stored => askedAt - stored.Payment.CreatedAt <= rules.DuplicatesWithin,
        BookAnswer.NoSuchPayment => askedAt - other.At <= rules.UnderWayFor,
        BookAnswer.StillAccepting or BookAnswer.OutOfReach or BookAnswer.IdempotencyMismatch or BookAnswer.NoRoute
            or BookAnswer.NoChannelNow or BookAnswer.Refused or BookAnswer.Heard => true,
        _ => throw new UnreachableException(),
    };
}
