using System.Collections.Immutable;
using System.Text.Json.Nodes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Tests.Nodes;

internal static class Samples
{
    public const string CardNumber = "6222020000000001";

    public static JsonObject Body(string orderNo = "A-1001") => new()
    {
        ["order_no"] = orderNo,
        ["product"] = "withhold",
        ["amount"] = 12000,
        ["currency"] = "CNY",
        ["account"] = new JsonObject { ["number"] = CardNumber, ["holder"] = "Zhang San", ["bank"] = "ICBC" },
    };

    public static Payment Payment(PaymentId id, PaymentContent content, DateTimeOffset at) => new(
        id, content, PaymentState.Accepted, null, [], [], at, at, at + TimeSpan.FromMinutes(10));

    /// <summary>A payment that failed at alpha and is out at bravo.</summary>
    public static Payment Rerouted(PaymentId id, MerchantId merchant, string orderNo)
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
        var content = new PaymentContent(
            merchant, orderNo, Product.Withhold, new Money(12000, new Currency("CNY")),
            new SealedAccount(new byte[] { 1 }, "622202******0001", "ICBC"), ChannelMode.Sandbox, null,
            ImmutableSortedDictionary<string, string>.Empty, new Fingerprint(7));
        var reasons = new RouteReasons(
            "weighted-success/1", 0.25, [new ScoredChannel(new ChannelId("alpha"), 0.9)],
            [new ExcludedChannel(new ChannelId("echo"), Exclusion.BreakerOpen)]);
        var failed = new Outcome(OutcomeClass.ChannelMaintenance, Landing.NotLanded, "39", "closed", "CH-1");
        return Payment(id, content, at) with
        {
            State = PaymentState.Processing,
            Attempts =
            [
                new Attempt(1, new ChannelId("alpha"), id.AttemptOrderNo(1), AttemptState.Failed, failed, at, at, at, reasons),
                new Attempt(
                    2, new ChannelId("bravo"), id.AttemptOrderNo(2), AttemptState.Processing, Outcome.None,
                    at, null, at, reasons),
            ],
        };
    }
}
