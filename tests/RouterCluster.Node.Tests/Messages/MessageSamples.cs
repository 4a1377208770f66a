using System.Collections.Immutable;
using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Tests.Payments;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Messages;

/// <summary>
/// What travels between nodes, with every field set. Golden files hold these very values as the first version
/// that had the message wrote them.
/// </summary>
internal static class MessageSamples
{
    private static readonly DateTimeOffset At = PaymentSamples.At;
    private static readonly PaymentId Id = PaymentSamples.Id;
    private static readonly ChannelId Alpha = PaymentSamples.Alpha;
    private static readonly PaymentContent Content = PaymentSamples.Content("A-1001");

    private static readonly LaneReport Lane = new(BreakerState.HalfOpen, 3, 16, 5, 256, 187.5, 120.25, 900.5, 2)
    {
        Throttle = new ThrottleReport(TimeSpan.FromMilliseconds(1500), -2.5),
        ClosedParts =
        [
            new ClosedPart(Product.Payout, "ICBC", 500_000, TimeSpan.FromMinutes(3)),
            new ClosedPart(Product.Withhold, null, 0, TimeSpan.FromTicks(1)),
        ],
        HasFailed = true,
    };

    private static readonly ChannelReport Report = new(
        Alpha, 1_773_500_966_535, 42, ChannelLifecycle.Draining, 1.5, Lane, Lane with { Throttle = null, ClosedParts = [] },
        [
            new SubmitSignal(Product.Withhold, "ICBC", default, default)
            {
                Kind = SignalKind.Dispatched, Number = 1L << 50, Source = new Source(1024, 256),
                Age = TimeSpan.FromMilliseconds(80),
            },
            new SubmitSignal(Product.Withhold, null, CallVerdict.Neutral, OutcomeClass.Unknown) { Number = 7 },
            new SubmitSignal(Product.Payout, "CCB", CallVerdict.Fault, OutcomeClass.ChannelMaintenance)
            {
                Kind = SignalKind.Corrected,
            },
        ])
    {
        ClosedUntil = At.AddHours(2),
        PausedUntil = At.AddSeconds(3),
        FailingSince = At.AddSeconds(-9),
    };

    private static readonly ImmutableArray<ChannelOverride> Overrides =
    [
        new(OverrideKeys.SubmitRatePerSecond, 12.5, new OverrideMark(At, "alice")), new(OverrideKeys.Weight, 0.5, null),
    ];

    private static readonly ImmutableArray<ChannelOverride> Switches =
    [
        new(
            OverrideKeys.Lifecycle, 2,
            new OverrideMark(At, "alice") { End = new OverrideEnd(At.AddHours(2), 3, new OverrideMark(At, "bob")) }),
        new(OverrideKeys.Isolated, 1, new OverrideMark(At, "alice") { End = new OverrideEnd(At.AddHours(1), null, null) }),
    ];

    private static readonly ImmutableArray<ChannelExclusion> Exclusions =
    [
        new(1, new ExclusionScope("ICBC", Product.Payout, new MerchantId("shop"), 1, 5000), At, "alice", "it hangs")
        {
            EndsAt = At.AddHours(2),
        },
        new(3, new ExclusionScope("CCB", null, null, null, null), At, "bob", "too slow"),
    ];

    private static readonly ImmutableArray<PlannedMaintenance> Planned =
    [
        new(
            1,
            new MaintenancePlan(
                new MaintenanceWindow.Once(
                    new DateTime(2026, 12, 2, 2, 0, 0), new DateTime(2026, 12, 2, 4, 30, 0),
                    TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")),
                "ICBC"),
            At, "alice", "ticket 4711"),
        new(
            3,
            new MaintenancePlan(
                new MaintenanceWindow.Weekly(
                    [DayOfWeek.Sunday], new TimeOnly(23, 30), new TimeOnly(1, 0),
                    TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")),
                null),
            At, "bob", "books"),
    ];

    private static readonly OperatorChange Change = new(At, "alice", "submit.rate_per_second=12.5", "too fast");

    private static Dictionary<string, object> OfChannels(IActorRef lane) => new()
    {
        ["change-channel"] = new ChangeChannel(Alpha, new ChannelChange("alice", "too slow")
        {
            Lifecycle = ChannelLifecycle.Draining, SubmitConcurrency = 8, SubmitRatePerSecond = 12.5,
            QueryConcurrency = 2, QueryRatePerSecond = 5, Weight = 0.5, Isolated = true, Resets = OverrideKeys.Weight,
        }),
        ["change-channel-timed"] = new ChangeChannel(Alpha, new ChannelChange("alice", "too slow")
        {
            Lifecycle = ChannelLifecycle.Disabled, For = TimeSpan.FromHours(2),
        }),
        ["change-channel-excluded"] = new ChangeChannel(Alpha, new ChannelChange("alice", "it hangs")
        {
            Exclude = Exclusions[0].Scope,
        }),
        ["change-channel-included"] = new ChangeChannel(Alpha, new ChannelChange("alice", "") { Include = 3 }),
        ["change-refused"] = new ChannelChangeRefused(ChangeRefusal.TooManyExclusions),
        ["change-done-timed"] = new ChannelChangeDone(Report, Change)
        {
            Overrides = Overrides, Switches = Switches, Exclusions = Exclusions,
        },
        ["channel-history-timed"] = new ChannelHistory(Alpha, [Change], Overrides)
        {
            Switches = Switches, Exclusions = Exclusions,
        },
        ["channel-reported-excluding"] = new ChannelReported(
            Report with { Exclusions = [.. Exclusions.Select(one => new NumberedScope(one.No, one.Scope))] }, lane,
            ActorRefs.Nobody),
        ["change-channel-planned"] = new ChangeChannel(Alpha, new ChannelChange("alice", "ticket 4711")
        {
            Plan = Planned[0].Plan,
        }),
        ["change-channel-unplanned"] = new ChangeChannel(Alpha, new ChannelChange("alice", "") { Unplan = 3 }),
        ["change-done-planned"] = new ChannelChangeDone(Report, Change) { Planned = Planned },
        ["channel-history-planned"] = new ChannelHistory(Alpha, [Change], Overrides) { Planned = Planned },
        ["channel-reported-planned"] = new ChannelReported(
            Report with { Planned = [.. Planned.Select(one => new NumberedPlan(one.No, one.Plan))] }, lane, ActorRefs.Nobody),
        ["change-done"] = new ChannelChangeDone(Report, Change) { Overrides = Overrides },
        ["channel-reported"] = new ChannelReported(Report, lane, ActorRefs.Nobody),
        ["channel-history"] = new ChannelHistory(Alpha, [Change, Change with { By = "bob" }], Overrides),
    };

    /// <param name="near">An actor that asks, and one that is a lane.</param>
    public static IReadOnlyDictionary<string, object> All(IActorRef near)
    {
        var caller = new Caller(near, 77);
        var samples = new Dictionary<string, object>(OfChannels(near))
        {
            ["accept"] = new AcceptInBook(new AcceptRequest(
                caller, Id, Content, TimeSpan.FromMinutes(10), At.AddSeconds(5), TimeSpan.FromSeconds(3), "A-1000")),
            ["accept-plain"] = new AcceptInBook(new AcceptRequest(
                caller, Id, Content with { NotifyUrl = null, Account = Content.Account with { Bank = null } },
                TimeSpan.FromMinutes(10), At.AddSeconds(5), TimeSpan.Zero)),
            ["get"] = new GetFromBook(caller, Id),
            ["ask"] = new AskInBook(caller, Id),
            ["cancel"] = new CancelInBook(caller, Id),
            ["report"] = new ReportToBook(
                new AttemptReport(Id, 2, Alpha, ReportSource.Query, PaymentSamples.Declined) { Question = 1L << 33 }),
            ["in-queue"] = new OrderInQueue(Id, 2, true),
            ["notice"] = new NoticeToBook(new NoticeRequest(
                caller, Id, 2, Id.AttemptOrderNo(2), Alpha, Content.Amount, PaymentSamples.Declined)),
            ["submit"] = new SubmitOrder(
                Id, 2, Id.AttemptOrderNo(2), Alpha, Content.Merchant, Content.Product, Content.Amount, Content.Account,
                At.AddSeconds(5)),
            ["query"] = new QueryOrder(
                Id, 2, "OLDSTYLE1", Alpha, Content.Merchant, Content.Product, Content.Amount) { Question = 1L << 33 },
            ["withdraw"] = new WithdrawOrder("0A1"),
            ["report-taken"] = new ReportTaken(Id, 2),
            ["order-heard"] = new OrderHeard("0A1", Product.Payout, PaymentSamples.Declined),
            ["subscribe"] = new SubscribeToReports(Alpha, At),
            ["subscribe-first"] = new SubscribeToReports(Alpha, null),
            ["adopt-reports"] = new AdoptReports(Alpha, [new AttemptReport(
                Id, 2, Alpha, ReportSource.Submit, PaymentSamples.Declined)]),
            ["wake-webhooks"] = new WakeWebhooks(Content.Merchant),
            ["get-readiness"] = GetReadiness.Instance,
            ["node-readiness"] = new NodeReadiness("book 1 does not answer"),
            ["node-readiness-well"] = new NodeReadiness(null),
            ["set-draining"] = new SetDraining(true),
            ["node-draining"] = new NodeDraining(new Address("akka.tcp", "router", "10.0.0.7", 2551), -1_234_567, true),
        };
        samples["decide-approve-with-reason"] = new DecideInBook(new DecisionRequest(
            caller, Id, new ApproveDecision(default, 2, PaymentSamples.Anna, "d1e2", "line 7 of the statement")));
        foreach (var command in Commands)
        {
            samples[$"decide-{Hyphenated(command)}"] = new DecideInBook(new DecisionRequest(caller, Id, command));
        }

        foreach (var answer in Answers)
        {
            samples[$"answer-{Hyphenated(answer)}"] = new BookAnswered(77, answer);
        }

        samples["answer-stored-asked"] = new BookAnswered(77, Asked);
        return samples;
    }

    private static BookAnswer Asked => new BookAnswer.Stored(
        PaymentSamples.Accepted("A-1001") with
        {
            Questions = new AttemptQuestions(3, At.AddSeconds(-2), IsAsking: false, At.AddSeconds(5)),
        },
        IsNew: false);

    private static DecisionCommand[] Commands =>
    [
        new ProposeDecision(
            default, PaymentSamples.Oscar, ProposedOutcome.Succeeded, "paid after all", "statement", TimeSpan.FromHours(24)),
        new ApproveDecision(default, 2, PaymentSamples.Anna, "d1e2"),
        new RejectDecision(default, 2, PaymentSamples.Anna, "another order's statement"),
        new ExpireDecisions(default),
        new DecideInBulk(
            default, "bulk_7", ProposedOutcome.KeepAsking, "paid after all", "statement", PaymentSamples.Oscar,
            PaymentSamples.Anna, "c0ffee"),
    ];

    private static BookAnswer[] Answers =>
    [
        new BookAnswer.Stored(PaymentSamples.Decided("A-1001") with { IsInQueue = true, CountedChanges = 4 }, IsNew: true),
        new BookAnswer.IdempotencyMismatch(),
        new BookAnswer.StillAccepting(),
        new BookAnswer.NoRoute(PaymentSamples.Reasons with
        {
            MoreCandidates = 2, MoreExcluded = [new ExcludedCount(Exclusion.Bank, 3)],
        }),
        new BookAnswer.NoChannelNow(TimeSpan.FromMilliseconds(1500)),
        new BookAnswer.Refused(PaymentRefusal.ContentChanged),
        new BookAnswer.NoSuchPayment(),
        new BookAnswer.Heard(NoticeFate.WrongAmount),
        new BookAnswer.OutOfReach(),
    ];

    private static string Hyphenated(object value) => string.Concat(value.GetType().Name.Select((letter, at) =>
        at > 0 && char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
