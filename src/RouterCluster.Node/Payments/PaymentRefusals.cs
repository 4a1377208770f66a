using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Routing;

namespace RouterCluster.Node.Payments;

internal static class PaymentRefusals
{
    public static readonly Refusal ProductNotAllowed =
        new(403, "product_not_allowed", "This product is not enabled for the merchant");

    public static readonly Refusal ApprovalRequired =
        new(403, "approval_required", "Payouts of real money need approval, which is not configured");

    public static readonly Refusal InProgress = new(
        409, "in_progress", "The payment may have been stored", "Ask again with the same order number.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static readonly Refusal IdempotencyMismatch = new(
        422, "idempotency_mismatch", "The order number is taken", "A payment of other content has this order number.");

    public static readonly Refusal AlreadyDecided = new(
        409, "already_decided", "The payment has ended", "Its `state` says how.");

    public static Refusal NoChannel(TimeSpan retryAfter) =>
        new(503, "no_channel", "No channel can take it now", "Nothing was stored.") { RetryAfter = retryAfter };

    /// <summary>No configured channel could ever take the payment; the reasons say why each of them could not.</summary>
    public static Refusal NoRouteFor(RouteReasons reasons) =>
        new(422, "no_route", "No channel takes such a payment", RouteText.Of(reasons));

    public static Refusal OfDecision(PaymentRefusal why) => why switch
    {
        PaymentRefusal.NoSuchProposal => Refusals.NotFound with { Detail = "The payment has no proposal of this number." },
        PaymentRefusal.NoSuchPayment or PaymentRefusal.NoSuchAttempt => Refusals.NotFound,
        PaymentRefusal.SamePerson => new(403, "same_person", "Who proposed it cannot settle it", "A second person has to."),
        PaymentRefusal.NothingToDecide => new(
            409, "nothing_to_decide", "There is nothing to decide", "The payment is not suspended and has no open case."),
        PaymentRefusal.NothingToAsk => new(409, "nothing_to_ask", "No attempt is open that could be asked about"),
        PaymentRefusal.NothingToRelease => new(
            409, "nothing_to_release", "Only what was suspended before anything was sent can be released"),
        PaymentRefusal.NothingWasSent => new(409, "nothing_was_sent", "What was never sent cannot have succeeded"),
        PaymentRefusal.AttemptStillOpen => new(
            409, "still_sending", "The order may still be on its way to the channel", "Propose it again in a minute."),
        PaymentRefusal.TooManyProposals => new(409, "too_many_proposals", "The payment has too many proposals"),
        PaymentRefusal.ProposalSettled => new(409, "proposal_settled", "The proposal was approved or rejected already"),
        PaymentRefusal.ProposalExpired => new(409, "proposal_expired", "The proposal has expired", "Propose it again."),
        PaymentRefusal.WrongDigest => new(
            409, "digest_mismatch", "This is not the proposal's digest", "Look at the case again and send the digest it shows."),
        PaymentRefusal.ContentChanged => new(
            409, "content_changed", "The payment has changed since the proposal", "Look at it again and propose anew."),
        PaymentRefusal.OtherContent or PaymentRefusal.PaymentEnded or PaymentRefusal.TooManyAttempts or PaymentRefusal.Expired
            or PaymentRefusal.WasSent or PaymentRefusal.ResultUnknown => new(
            409, "nothing_to_decide", "People do not decide this"),
    };

    /// <summary>Why a payment is not closed on request.</summary>
    public static Refusal OfCancel(BookAnswer answer) => answer switch
    {
        BookAnswer.Refused { Why: PaymentRefusal.PaymentEnded } => AlreadyDecided,
        BookAnswer.Refused { Why: PaymentRefusal.WasSent } => new(
            409, "already_sent", "An order of the payment was sent, or may have been", "It goes on until its end is known."),
        BookAnswer.Refused { Why: PaymentRefusal.AttemptStillOpen } => new(
            409, "still_sending", "The order may be on its way to the channel", "If it comes back unsent, the payment is closed.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        },
        BookAnswer.Refused => new(
            409, "result_unknown", "Nobody knows yet how the payment's order ended",
            "It may have been sent; its channel is asked."),
        _ => answer.ToRefusal(outOfReach: InProgress with { Title = "The payment may have been closed", Detail = "Ask again." }),
    };

    /// <summary>The answer to a new payment that was not stored.</summary>
    public static Refusal ToRefusal(this BookAnswer answer, Refusal outOfReach) => answer switch
    {
        BookAnswer.IdempotencyMismatch => IdempotencyMismatch,
        BookAnswer.StillAccepting => InProgress,
        BookAnswer.NoRoute none => NoRouteFor(none.Reasons),
        BookAnswer.NoChannelNow busy => NoChannel(busy.RetryAfter),
        BookAnswer.NoSuchPayment => Refusals.NotFound,
        BookAnswer.Refused refused => OfDecision(refused.Why),
        BookAnswer.OutOfReach => outOfReach,
        BookAnswer.Stored or BookAnswer.Heard => throw new UnreachableException($"{answer.GetType().Name} is no refusal."),
        _ => throw new UnreachableException(),
    };
}
