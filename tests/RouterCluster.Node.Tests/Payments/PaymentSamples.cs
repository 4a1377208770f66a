using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Tests.Payments;

/// <summary>One of each kind, with every field set. Golden files hold these very values.</summary>
internal static class PaymentSamples
{
    public static readonly DateTimeOffset At = new(2026, 3, 14, 15, 9, 26, 535, TimeSpan.Zero);
    public static readonly ChannelId Alpha = new("alpha");
    public static readonly PaymentId Id = IdOf("A-1001");

    public static readonly RouteReasons Reasons = new(
        "adaptive/1", 0.625, [new(Alpha, 0.5), new(new("bravo"), 0.25)],
        [new(new("charlie"), Exclusion.BreakerOpen), new(new("delta"), Exclusion.Full)]);

    public static readonly Outcome Declined = new(OutcomeClass.CustomerFunds, Landing.Landed, "51", "not enough", "C-77");

    public static readonly PaymentFailure Failure = new(OutcomeClass.CustomerFunds, "51", Alpha, "not enough");

    public static readonly Person Oscar = new("oscar", "0123456789abcdef");
    public static readonly Person Anna = new("anna", "fedcba9876543210");

    public static readonly IReadOnlyDictionary<string, PaymentEvent> Events = new Dictionary<string, PaymentEvent>
    {
        ["payment-accepted"] = new PaymentAccepted(At, Content("A-1001"), At.AddMinutes(10)),
        ["attempt-started"] = new AttemptStarted(At, 1, Alpha, At.AddSeconds(5), Reasons),
        ["attempt-unresolved"] = new AttemptUnresolved(At, 1, Outcome.Unknown("timeout", "no answer in 15 s")),
        ["attempt-claimed"] = new AttemptClaimed(At, 1, new Outcome(OutcomeClass.Success, Landing.Landed, "00", null, "C-77")),
        ["payment-recalled"] = new PaymentRecalled(At.AddDays(1), Failed("A-1001")),
        ["attempt-ended"] = new AttemptEnded(At, 1, Declined),
        ["payment-succeeded"] = new PaymentSucceeded(At),
        ["payment-failed"] = new PaymentFailed(At, Failure),
        ["payment-closed"] = new PaymentClosed(At),
        ["payment-suspended"] = new PaymentSuspended(At),
        ["case-opened"] = new CaseOpened(At, CaseReason.LateSuccess, 1, "query answered 00"),
        ["attempt-still-unknown"] = new AttemptStillUnknown(At, 1, TimeSpan.FromHours(20)),
        ["decision-proposed"] = new DecisionProposed(
            At, 2, ProposedOutcome.Succeeded, 1, Oscar, "paid after all", "statement of 14 March", At.AddHours(24), "d1e2",
            "bulk_7"),
        ["decision-approved"] = new DecisionApproved(At, 2, Anna),
        ["decision-approved-with-reason"] = new DecisionApproved(At, 2, Anna, "line 7 of the statement"),
        ["decision-rejected"] = new DecisionRejected(At, 2, Anna, "another order's statement"),
        ["decision-expired"] = new DecisionExpired(At, 2),
    };

    public static readonly BookSnapshot Snapshot =
        new([(Failed("A-1001"), 42), (Accepted("A-1002"), 43)], new byte[] { 1, 2, 3 }, At);

    public static PaymentId IdOf(string orderNo) => PaymentId.For(new MerchantId("demo"), orderNo, books: 4, salt: [1, 2, 3, 4]);

    public static PaymentContent Content(string orderNo, long amount = 12000) => new(
        new MerchantId("demo"),
        orderNo,
        Product.Withhold,
        new Money(amount, new Currency("CNY")),
        new SealedAccount(new byte[] { 9, 8, 7, 6, 5 }, "622202******0001", "ICBC"),
        ChannelMode.Sandbox,
        "https://merchant.example/notify",
        ImmutableSortedDictionary<string, string>.Empty.Add("basket", "7").Add("shop", "west"),
        new Fingerprint(new UInt128(0x0123456789abcdef, 0xfedcba9876543210)));

    public static Payment Accepted(string orderNo, long amount = 12000) => new(
        IdOf(orderNo), Content(orderNo, amount), PaymentState.Accepted, null, [], [], At, At, At.AddMinutes(10));

    /// <summary>Proposed to have succeeded, approved; proposed again and pending.</summary>
    public static Payment Decided(string orderNo)
    {
        var failed = Failed(orderNo);
        var approved = new Proposal(
            1, ProposedOutcome.Succeeded, 1, Oscar, "paid after all", "statement of 14 March", At.AddHours(2), At.AddHours(26),
            "d1e2", "bulk_7", ProposalState.Approved, new Settlement(At.AddHours(3), Anna, null));
        return failed with
        {
            State = PaymentState.Succeeded,
            Failure = null,
            Attempts = [failed.Attempts[0] with { State = AttemptState.Succeeded, DecidedBy = 1 }, failed.Attempts[1]],
            Cases = [failed.Cases[0] with { DecidedBy = 1 }],
            Proposals =
            [
                approved,
                approved with { No = 2, Bulk = null, At = At.AddHours(4), State = ProposalState.Pending, Settled = null },
            ],
        };
    }

    public static Payment Failed(string orderNo)
    {
        var id = IdOf(orderNo);
        return Accepted(orderNo) with
        {
            State = PaymentState.Failed,
            Failure = Failure,
            Attempts =
            [
                new Attempt(
                    1, new("bravo"), "OLDSTYLE1", AttemptState.Failed, Outcome.NotSent(OutcomeClass.ChannelLimit, "lane_full"),
                    At, At.AddSeconds(1), At.AddSeconds(5), RouteReasons.None),
                new Attempt(
                    2, Alpha, id.AttemptOrderNo(2), AttemptState.Failed, Declined,
                    At.AddSeconds(1), null, At.AddSeconds(6), Reasons),
            ],
            Cases = [new PaymentCase(CaseReason.LateSuccess, 1, "notice says 00", At.AddHours(1))],
            UpdatedAt = At.AddSeconds(2),
        };
    }
}
