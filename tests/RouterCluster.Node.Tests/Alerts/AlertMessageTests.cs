using Akka.Actor;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Checks;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Alerts.Codec;

namespace RouterCluster.Node.Tests.Alerts;

public sealed class AlertMessageTests
{
    private static readonly ReportNodeFigures Full = new(
        "akka.tcp://router@one:2551",
        [new EndedAttempts(new ChannelId("alpha"), Product.Payout, OutcomeClass.Unknown, CallVerdict.Fault, "timeout", 7)],
        [new ChannelUnknowns(new ChannelId("bravo"), new UnknownFigures(3, 900, TimeSpan.FromSeconds(61)))],
        TimeSpan.FromMilliseconds(12.5), "book 1 takes no payments", [new WebhookFigures(new MerchantId("shop"), 4, 5)])
    {
        Silent = [new SilentChannel(new ChannelId("bravo"), new SilenceFigures(4, TimeSpan.FromSeconds(31)))],
        Certificates = [new CertificateFigures("router.cluster.tls.ca", DateTimeOffset.UnixEpoch.AddYears(60))],
        Taken = [new TakenPayments(Product.Payout, 12)],
        Foreign =
        [
            new ForeignRequests(new MerchantId("shop"), null, 2, "192.0.2.7"),
            new ForeignRequests(null, new ChannelId("alpha"), 1, "192.0.2.8"),
        ],
    };

    private static readonly ReportNodeFigures Empty = new("akka.tcp://router@one:2551", [], [], null, null, []);

    [Fact]
    public void A_nodes_figures_cross_the_wire_whole()
    {
        using var system = ActorSystem.Create("alert-messages", AlertSerializer.Hocon);
        foreach (var figures in new[] { Full, Empty })
        {
            var serializer = Assert.IsType<AlertSerializer>(system.Serialization.FindSerializerFor(figures));
            var back = Assert.IsType<ReportNodeFigures>(system.Serialization.Deserialize(
                serializer.ToBinary(figures), serializer.Identifier, serializer.Manifest(figures)));
            Assert.Equal(figures.Ended.AsEnumerable(), back.Ended);
            Assert.Equal(figures.Unknown.AsEnumerable(), back.Unknown);
            Assert.Equal(figures.Webhooks.AsEnumerable(), back.Webhooks);
            Assert.Equal(figures.Silent.AsEnumerable(), back.Silent);
            Assert.Equal(figures.Certificates.AsEnumerable(), back.Certificates);
            Assert.Equal(figures.Foreign.AsEnumerable(), back.Foreign);
            Assert.Equal(figures.Taken.AsEnumerable(), back.Taken);
            Assert.Equal(
                (figures.Address, figures.CommitP99, figures.StorageProblem),
                (back.Address, back.CommitP99, back.StorageProblem));
        }
    }
}
