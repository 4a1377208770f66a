using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Checks;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Alerts;

/// <summary>A fault at channel alpha, or at what all channels share, beside a channel that is well.</summary>
/// <param name="Rate">Alpha's payments a second before the fault.</param>
/// <param name="Plant">Called before each look, with the time since the fault.</param>
/// <param name="MostSeconds">Where the issue demands one.</param>
internal sealed record PlantedFault(
    string Name, AlertRule Rule, double Rate, Action<AlertScene, TimeSpan> Plant, double? MostSeconds = null)
{
    public const double Usual = 0.03;
    public const double Busy = 10;

    private static readonly MerchantId Shop = new("shop");
    private static readonly string Node = "akka.tcp://router@one:2551";

    /// <summary>Payments that merchants send while the fault lasts, as a share of the usual number.</summary>
    public double Sent { get; init; } = 1;

    /// <summary>Rules that the same fault may raise, with or before its own.</summary>
    public AlertRule[] Also { get; init; } = [];

    /// <summary>The fault changes how payments end, so that the usual traffic of alpha stops.</summary>
    public bool ReplacesTraffic { get; init; }

    public static IReadOnlyList<PlantedFault> All { get; } =
    [
        Traffic(
            "4 of 10 calls time out", AlertRule.Network, 0.4, OutcomeClass.Unknown, "timeout",
            AlertRule.SuccessRate, AlertRule.CodeFrequent),
        Traffic("success drops to 40 %", AlertRule.SuccessRate, 0.6, OutcomeClass.ChannelLimit, "33", AlertRule.CodeFrequent)
            with { MostSeconds = 10 },
        Traffic(
            "success declines by 2 points", AlertRule.SuccessRate, Usual + 0.02, OutcomeClass.ChannelLimit, "33",
            AlertRule.CodeFrequent)
            with { MostSeconds = 600 },
        new(
            "1 payment/min, all fail", AlertRule.SuccessRate, 1 / 60.0,
            (scene, since) => scene.Ends(AlertScene.Alpha, OutcomeClass.ChannelLimit, "33", EachMinute(since)), 600)
        {
            ReplacesTraffic = true, Also = [AlertRule.CodeFrequent],
        },
        new("1 payment/min, no call is answered", AlertRule.ChannelOutage, 1 / 60.0, Silent, 600) { ReplacesTraffic = true },
        Traffic("1 of 10 is refused for maintenance", AlertRule.CodeFrequent, 0.1, OutcomeClass.ChannelMaintenance, "39"),
        Channel("the breaker opens", AlertRule.ChannelOutage, (one, _) => one with { IsSubmitBreakerOpen = true }),
        Channel("the router takes it for down", AlertRule.ChannelOutage, (one, _) => one with
        {
            Outages = one.Outages.SetItem(Product.Payout, new OutageStanding(OutageLevel.Down, default)),
        }),
        Channel("a result stays unknown", AlertRule.OrderOverdue, (one, since) =>
            one with { Unknown = new UnknownFigures(1, 5000, since) }),
        Channel("the budget is full", AlertRule.BudgetFull, (one, _) => one with { InFlight = 16, Waiting = 3 }),
        Channel("an override is forgotten", AlertRule.OverrideForgotten, (one, _) =>
            one with { Overrides = [new OverrideFigures("weight 2", "alice", DateTimeOffset.UnixEpoch)] }),
        Channel("more money than is usual", AlertRule.Amount, (one, _) => one with { AmountToday = 1_000_001 }),
        Sending("payments stop", 0),
        Sending("four of five payments stay away", 0.2),
        Sending("twice as many payments come", 2),
        Traffic("the company refuses our request", AlertRule.UnusualFailure, 0.01, OutcomeClass.OurRequest, "10"),
        Shared("evidence excludes other evidence", AlertRule.ImpossibleState, (all, _) =>
            all with { Cases = new CaseFigures(1, 1, 0, TimeSpan.Zero) }),
        Shared("a case waits", AlertRule.WaitingForPeople, (all, since) => all with { Cases = new CaseFigures(1, 0, 0, since) }),
        Shared("a webhook fails", AlertRule.WebhookFailing, (all, _) => all with { Webhooks = [new WebhookFigures(Shop, 1, 5)] }),
        Shared("one channel is left", AlertRule.NoSecondChannel, (all, _) => all with
        {
            Lines = [new LineFigures(Shop, Product.Payout, [AlertScene.Alpha, AlertScene.Bravo], [AlertScene.Bravo])],
        }),
        Shared("no channel is left", AlertRule.AllDegraded, (all, _) => all with
        {
            Lines = [new LineFigures(Shop, Product.Payout, [AlertScene.Alpha, AlertScene.Bravo], [])],
        }),
        Shared("a node is lost", AlertRule.NodeLost, (all, _) => all with { Nodes = [new NodeFigures(Node, true, null, null)] }),
        Shared("commits take a second", AlertRule.StorageSlow, (all, _) => all with
        {
            Nodes = [new NodeFigures(Node, false, TimeSpan.FromSeconds(1), null)],
        }),
        Shared("a certificate ends in a week", AlertRule.CertificateExpiry, (all, _) => all with
        {
            Nodes =
            [
                new NodeFigures(Node, false, null, null)
                {
                    Certificates = [new CertificateFigures("router.cluster.tls.ca", all.At.AddDays(7))],
                },
            ],
        }),
        Shared("somebody else has a key", AlertRule.ForeignAddress, (all, _) =>
            all with { Foreign = [new ForeignRequests(Shop, null, 1, "192.0.2.7")] }),
        Shared("a target takes no alerts", AlertRule.AlertingBroken, (all, since) => all with
        {
            Targets = [new TargetFigures("duty", since, "HTTP 500")],
        }),
    ];

    public void Healthy(AlertScene scene, TimeSpan step)
    {
        scene.Takes(Product.Withhold, Busy * step.TotalSeconds);
        scene.Traffic(AlertScene.Alpha, Rate * step.TotalSeconds, Usual, OutcomeClass.ChannelLimit);
        scene.Traffic(AlertScene.Bravo, Busy * step.TotalSeconds, Usual, OutcomeClass.ChannelLimit);
    }

    public void Step(AlertScene scene, TimeSpan since)
    {
        scene.Takes(Product.Withhold, Busy * Sent / 2);
        if (!ReplacesTraffic)
        {
            scene.Traffic(AlertScene.Alpha, Rate / 2, Usual, OutcomeClass.ChannelLimit);
        }

        scene.Traffic(AlertScene.Bravo, Busy / 2, Usual, OutcomeClass.ChannelLimit);
        Plant(scene, since);
    }

    private static PlantedFault Traffic(
        string name, AlertRule rule, double share, OutcomeClass fault, string code, params AlertRule[] also) =>
        new(name, rule, Busy, (scene, _) => scene.Traffic(AlertScene.Alpha, Busy / 2, share, fault, code))
        {
            ReplacesTraffic = true, Also = also,
        };

    private static PlantedFault Sending(string name, double sent) =>
        new(name, AlertRule.Volume, Busy, (_, _) => { }, 900) { Sent = sent };

    private static PlantedFault Channel(string name, AlertRule rule, Func<ChannelFigures, TimeSpan, ChannelFigures> change) =>
        new(name, rule, Busy, (scene, since) => scene.Change(one => change(one, since)));

    private static PlantedFault Shared(string name, AlertRule rule, Func<AlertFigures, TimeSpan, AlertFigures> change) =>
        new(name, rule, Busy, (scene, since) => scene.Figures = change(scene.Figures, since));

    /// <summary>Its one payment and the questions about it, by the usual schedule.</summary>
    private static void Silent(AlertScene scene, TimeSpan since)
    {
        double[] calls = [0, 1, 3, 8, 23, 53, 113];
        var made = calls.Count(at => since.TotalSeconds >= at);
        scene.Ends(AlertScene.Alpha, OutcomeClass.Unknown, "timeout", EachMinute(since));
        scene.Change(one => one with { Silence = new SilenceFigures(made, since) });
    }

    private static int EachMinute(TimeSpan since) => since.TotalSeconds % 60 < AlertSpeedTests.LookEvery.TotalSeconds ? 1 : 0;
}
