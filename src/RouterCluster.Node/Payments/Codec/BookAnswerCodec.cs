using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Codec.Wire;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Codec;

internal static class BookAnswerCodec
{
    private static readonly WireNothing Nothing = new();

    public static WireAnswer ToWire(BookAnswered answered)
    {
        var wire = ToWire(answered.Answer);
        wire.Request = answered.Request;
        return wire;
    }

    public static BookAnswered ToMessage(WireAnswer wire) => new(wire.Request, ToAnswer(wire));

    private static WireAnswer ToWire(BookAnswer answer) => answer switch
    {
        BookAnswer.Stored stored => new WireAnswer
        {
            Stored = new WireStored
            {
                Payment = PaymentCodec.ToStored(stored.Payment),
                IsNew = stored.IsNew,
                IsInQueue = stored.Payment.IsInQueue,
                Questions = stored.Payment.Questions is { } questions ? ToWire(questions) : null,
            },
        },
        BookAnswer.IdempotencyMismatch => new WireAnswer { IdempotencyMismatch = Nothing },
        BookAnswer.StillAccepting => new WireAnswer { StillAccepting = Nothing },
        BookAnswer.NoRoute none => new WireAnswer { NoRoute = ReasonsCodec.ToWire(none.Reasons) },
        BookAnswer.NoChannelNow busy => new WireAnswer { NoChannelNow = busy.RetryAfter.ToWire() },
        BookAnswer.Refused refused => new WireAnswer { Refused = (int)refused.Why },
        BookAnswer.NoSuchPayment => new WireAnswer { NoSuchPayment = Nothing },
        BookAnswer.Heard heard => new WireAnswer { Heard = (int)heard.Fate },
        BookAnswer.OutOfReach => new WireAnswer { OutOfReach = Nothing },
        _ => throw new UnreachableException($"{answer.GetType().Name} cannot travel."),
    };

    private static BookAnswer ToAnswer(WireAnswer wire) => wire.AnswerCase switch
    {
        WireAnswer.AnswerOneofCase.Stored => new BookAnswer.Stored(
            PaymentCodec.ToPayment(wire.Stored.Payment.Required()) with
            {
                IsInQueue = wire.Stored.IsInQueue,
                Questions = wire.Stored.Questions is { } questions ? ToQuestions(questions) : null,
            },
            wire.Stored.IsNew),
        WireAnswer.AnswerOneofCase.IdempotencyMismatch => new BookAnswer.IdempotencyMismatch(),
        WireAnswer.AnswerOneofCase.StillAccepting => new BookAnswer.StillAccepting(),
        WireAnswer.AnswerOneofCase.NoRoute => new BookAnswer.NoRoute(ReasonsCodec.ToReasons(wire.NoRoute)),
        WireAnswer.AnswerOneofCase.NoChannelNow => new BookAnswer.NoChannelNow(wire.NoChannelNow.ToDuration()),
        WireAnswer.AnswerOneofCase.Refused => new BookAnswer.Refused(wire.Refused.ToKnown<PaymentRefusal>()),
        WireAnswer.AnswerOneofCase.NoSuchPayment => new BookAnswer.NoSuchPayment(),
        WireAnswer.AnswerOneofCase.Heard => new BookAnswer.Heard(wire.Heard.ToKnown<NoticeFate>()),
        WireAnswer.AnswerOneofCase.OutOfReach => new BookAnswer.OutOfReach(),
        WireAnswer.AnswerOneofCase.None =>
            throw new InvalidDataException("An answer is of a kind that this version does not know."),
    };

    private static WireQuestions ToWire(AttemptQuestions questions)
    {
        var wire = new WireQuestions { Asked = questions.Asked, IsAsking = questions.IsAsking };
        if (questions.LastAt.ToStored() is { } last)
        {
            wire.LastAt = last;
        }

        if (questions.NextAt.ToStored() is { } next)
        {
            wire.NextAt = next;
        }

        return wire;
    }

    private static AttemptQuestions ToQuestions(WireQuestions wire) => new(
        wire.Asked, wire.HasLastAt ? wire.LastAt.ToTime() : null, wire.IsAsking, wire.HasNextAt ? wire.NextAt.ToTime() : null);
}
