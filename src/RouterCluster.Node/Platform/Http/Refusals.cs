using System.Data.Common;
using System.Diagnostics;
using RouterCluster.Api;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Node.Routing;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// Every refusal that leaves this node over HTTP. To a merchant any status but 409 means: this request stored nothing
/// and nothing will be sent for it. Only a book that has looked for the number can say that nothing was stored under it:
/// <see cref="NoRouteFor"/> and <see cref="NoChannel"/>. A refusal before that says that it has not looked.
/// </summary>
internal static class Refusals
{
    private const int TooLargeStatus = StatusCodes.Status413PayloadTooLarge;

    public static readonly Refusal Unauthorized = new(401, "unauthorized", "The key is missing or not known");

    public static readonly Refusal BadSignature = new(401, "bad_signature", "The notification's signature is wrong");

    public static readonly Refusal StaleTimestamp = new(
        401, "stale_timestamp", "The notification's time is too far from ours",
        "The signature is right. Sign the notification anew when it is sent again, and compare the clocks.");

    public static readonly Refusal TooSlow = new(408, "too_slow", "The body did not come in time") { Closes = true };

    public static readonly Refusal AddressNotAllowed =
        new(403, "address_not_allowed", "Requests from this address are not allowed");

    public static readonly Refusal ProductNotAllowed =
        new(403, "product_not_allowed", "This product is not enabled for the merchant");

    public static readonly Refusal ApprovalRequired =
        new(403, "approval_required", "Payouts of real money need approval, which is not configured");

    public static readonly Refusal RoleNotAllowed = new(403, "forbidden", "The operator's roles do not permit this");

    public static readonly Refusal NotFound = new(404, "not_found", "There is no such thing here");

    public static readonly Refusal ChannelRetired = new(
        409, "channel_retired", "The channel is retired", "Its configuration says so; no operator can change it.");

    public static readonly Refusal MethodNotAllowed = new(405, "method_not_allowed", "This method is not known here");

    public static readonly Refusal InProgress = new(
        409, "in_progress", "The payment may have been stored", "Ask again with the same order number.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static readonly Refusal IdempotencyMismatch = new(
        422, "idempotency_mismatch", "The order number is taken", "A payment of other content has this order number.");

    public static readonly Refusal Broken = new(500, "internal", "The router made a mistake");

    /// <summary>To a merchant who asks again after a 409 a refusal must not read as if the number were free.</summary>
    private const string NotLookedAt =
        "The request was not looked at: what an earlier one with the same number stored is stored still.";

    public static readonly Refusal Overloaded = new(503, "overloaded", "The router is full", NotLookedAt)
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static readonly Refusal ShuttingDown = new(503, "shutting_down", "This node is stopping", NotLookedAt)
    {
        RetryAfter = TimeSpan.FromSeconds(5), Closes = true,
    };

    public static readonly Refusal Unavailable = new(
        503, "unavailable", "It cannot be looked up at the moment", "This says nothing of whether it exists.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static readonly Refusal NoticeNotStored = new(
        503, "unavailable", "The notification cannot be stored at the moment", "Send it again.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static readonly Refusal OwnerSilent = new(
        503, "unavailable", "The channel's owner did not answer in time", "Look at the channel before you ask again.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static readonly Refusal DecisionUnanswered = new(
        503, "unavailable", "Whether it was done is not known", "Ask again: what was done already is not done twice.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static readonly Refusal StorageAway = new(
        503, "unavailable", "The storage cannot be reached", "A change may have been made: look before you ask again.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static readonly Refusal TraceRunning = new(
        429, "trace_running", "A trace is being exported", "One at a time: payments come first.")
    {
        RetryAfter = TimeSpan.FromSeconds(10),
    };

    public static Refusal Invalid(IReadOnlyList<FieldErrorBody> errors) =>
        new(400, "invalid", "The request is not valid") { Errors = errors };

    public static Refusal Invalid(string field, string message) => Invalid([new FieldErrorBody(field, message)]);

    /// <summary>What follows on the connection cannot be told from the body, so it is not read.</summary>
    public static Refusal Framing(string header, string message) => Invalid(header, message) with { Closes = true };

    /// <summary>For operators, who may know what else there is: a wrong name is most often a mistyped one.</summary>
    public static Refusal NoSuch(string kind, string name, IEnumerable<string>? known = null) =>
        NotFound with { Detail = MissingText.Of(kind, name, known) };

    /// <summary>The same refusal, and if it is only that something was not found: what.</summary>
    public static Refusal Naming(this Refusal refusal, string kind, string name, IEnumerable<string>? known = null) =>
        refusal == NotFound ? NoSuch(kind, name, known) : refusal;

    public static Refusal TooLarge(int limit) =>
        new(TooLargeStatus, "too_large", "The body is too large", $"At most {limit} bytes are read.") { Closes = true };

    /// <summary>What the web server found wrong with the request before anybody could read it.</summary>
    public static Refusal Malformed(int status) => status == TooLargeStatus
        ? TooLarge(JsonBody.Limit)
        : new Refusal(status, "invalid", "The request is not valid HTTP") { Closes = true };

    /// <summary>An answer that the framework gave without a body, such as for an unknown method.</summary>
    public static Refusal OfStatus(int status) => status switch
    {
        404 => NotFound,
        405 => MethodNotAllowed,
        _ => new Refusal(status, status < 500 ? "invalid" : "internal", "The request was refused"),
    };

    public static Refusal MerchantLimit(string detail, TimeSpan retryAfter) =>
        new(429, "merchant_limit", "A limit of the merchant is reached", detail) { RetryAfter = retryAfter };

    public static Refusal TooManyNotices(TimeSpan retryAfter) =>
        new(429, "rate_limit", "More notifications than are taken at once", "Send it again.") { RetryAfter = retryAfter };

    public static Refusal TooManyWrongTokens(TimeSpan retryAfter) => new(
        429, "too_many_wrong_tokens", "Too many wrong tokens came from this address", "No token was looked at.")
    {
        RetryAfter = retryAfter,
    };

    public static Refusal NoChannel(TimeSpan retryAfter) =>
        new(503, "no_channel", "No channel can take it now", "Nothing was stored.") { RetryAfter = retryAfter };

    /// <summary>No configured channel could ever take the payment; the reasons say what rules each of them out.</summary>
    public static Refusal NoRouteFor(RouteReasons reasons) =>
        new(422, "no_route", "No channel takes such a payment", RouteText.Of(reasons));

    /// <summary>The storage was asked, and did not do it.</summary>
    public static Refusal OfStorage(DbException failure) => IsOfTheValue(failure)
        ? Invalid("request", "holds a value that cannot be stored")
        : StorageAway;

    /// <summary>SQL's class 22, "data exception": the same value would be refused for ever.</summary>
    public static bool IsOfTheValue(DbException failure) =>
        failure.SqlState?.StartsWith("22", StringComparison.Ordinal) == true;

    /// <summary>Why people may not decide so.</summary>
    public static Refusal OfDecision(PaymentRefusal why) => why switch
    {
        PaymentRefusal.NoSuchProposal => NotFound with { Detail = "The payment has no proposal of this number." },
        PaymentRefusal.NoSuchPayment or PaymentRefusal.NoSuchAttempt => NotFound,
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
        PaymentRefusal.OtherContent or PaymentRefusal.PaymentEnded or PaymentRefusal.TooManyAttempts or PaymentRefusal.Expired =>
            new(409, "nothing_to_decide", "People do not decide this"),
    };

    /// <summary>Why a filter makes no list.</summary>
    public static Refusal OfList(BulkRefusal why, int most) => why switch
    {
        BulkRefusal.NothingMatches => new(409, "nothing_matches", "No case fits the filter"),
        BulkRefusal.TooMany => new(422, "too_many", "The list is too long", $"At most {most} payments; narrow the filter."),
        BulkRefusal.SeveralCurrencies => new(
            422, "several_currencies", "The payments are of several currencies", "Their amounts have no sum."),
    };

    /// <summary>The answer to a new payment when it is not a payment.</summary>
    public static Refusal ToRefusal(this BookAnswer answer, Refusal outOfReach) => answer switch
    {
        BookAnswer.IdempotencyMismatch => IdempotencyMismatch,
        BookAnswer.StillAccepting => InProgress,
        BookAnswer.NoRoute none => NoRouteFor(none.Reasons),
        BookAnswer.NoChannelNow busy => NoChannel(busy.RetryAfter),
        BookAnswer.NoSuchPayment => NotFound,
        BookAnswer.Refused refused => OfDecision(refused.Why),
        BookAnswer.OutOfReach => outOfReach,
        BookAnswer.Stored or BookAnswer.Heard => throw new UnreachableException($"{answer.GetType().Name} is no refusal."),
        _ => throw new UnreachableException(),
    };
}
