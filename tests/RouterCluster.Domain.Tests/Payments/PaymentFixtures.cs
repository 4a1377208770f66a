using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Payments;

internal static class PaymentFixtures
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    public static readonly PaymentRules Rules = new(MaxAttempts: 3);
    public static readonly ChannelId Alpha = new("alpha");
    public static readonly ChannelId Bravo = new("bravo");
    public static readonly ChannelId Charlie = new("charlie");

    public static readonly Outcome Success = new(OutcomeClass.Success, Landing.Landed, "00", null, "ch-1");
    public static readonly Outcome Processing = new(OutcomeClass.Processing, Landing.Landed, "05");
    public static readonly Outcome Unknown = Outcome.Unknown("timeout");
    public static readonly Outcome NoFunds = new(OutcomeClass.CustomerFunds, Landing.Landed, "51", "no funds");
    public static readonly Outcome Maintenance = new(OutcomeClass.ChannelMaintenance, Landing.NotLanded, "39");
    public static readonly Outcome NotFound = new(OutcomeClass.NotFound, Landing.Maybe, "34");
    public static readonly Outcome LaneFull = Outcome.NotSent(OutcomeClass.ChannelThrottled, "lane_full");

    private static readonly byte[] Salt = [1, 2, 3, 4];

    public static PaymentId IdOf(string orderNo = "A-1") => PaymentId.For(new MerchantId("demo"), orderNo, 4, Salt);

    public static PaymentContent Content(Product product = Product.Withhold, string orderNo = "A-1", long amount = 100) => new(
        new MerchantId("demo"), orderNo, product, new Money(amount, new Currency("CNY")),
        new SealedAccount(new byte[] { 7 }, "62****01", "ICBC"),
        ChannelMode.Sandbox, null, ImmutableSortedDictionary<string, string>.Empty, new Fingerprint((UInt128)amount));

    public static NextAttempt At(ChannelId channel) => new(channel, Start + TimeSpan.FromSeconds(5), RouteReasons.None);

    public static AcceptPayment Accept(Product product = Product.Withhold) =>
        new(Start, IdOf(), Content(product), Start + Patience, At(Alpha));

    public static RecordOutcome Told(
        Outcome outcome, int no = 1, ChannelId? next = null, bool hold = false, bool final = false, double after = 1,
        bool byNotice = false) =>
        new(
            Start + TimeSpan.FromSeconds(after), no, outcome, final, next is { } channel ? At(channel) : null, hold,
            byNotice ? ReportSource.Notification : null);

    public static PaymentDecision Decide(this Payment payment, PaymentCommand command) =>
        PaymentLaw.Decide(Rules, payment, command);

    /// <summary>The payment after these commands, each of which must be taken.</summary>
    public static Payment After(params PaymentCommand[] commands)
    {
        Payment? payment = null;
        foreach (var command in commands)
        {
            var decision = PaymentLaw.Decide(Rules, payment, command);
            Assert.Null(decision.Refusal);
            payment = Fold(payment, decision.Events);
        }

        return payment!;
    }

    public static Payment? Fold(Payment? from, IEnumerable<PaymentEvent> events) =>
        events.Aggregate(from, (payment, @event) => PaymentLaw.Apply(payment, IdOf(), @event));

    /// <summary>All that can be seen of a payment; records with arrays do not compare by what is in them.</summary>
    public static string Describe(this Payment payment) => string.Join(
        '|',
        [
            payment.Id.Value, payment.Content.Fingerprint.Value, payment.State, payment.Failure,
            payment.CreatedAt.Ticks, payment.UpdatedAt.Ticks, payment.ExpiresAt.Ticks,
            .. payment.Attempts.Select(attempt => (object)(attempt with { Reasons = RouteReasons.None })),
            .. payment.Cases, .. payment.Proposals,
        ]);
}
