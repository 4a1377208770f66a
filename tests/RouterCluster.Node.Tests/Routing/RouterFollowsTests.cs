using System.Collections.Immutable;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Routing.Messages;
using RouterCluster.Node.Tests.Messages;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Routing;

/// <summary>A channel that moves is found again without waiting for the usual look around.</summary>
public sealed class RouterFollowsTests() : TestKit(StrictMessages.WithCodecs)
{
    private static readonly LaneReport Lane = new(BreakerState.Closed, 0, 4, 0, 8, 100, 0, 0, 4);

    [Fact]
    public async Task A_router_asks_for_the_successor_at_once_when_the_owner_says_that_it_leaves()
    {
        var clock = new RouterClock(new FakeTimeProvider(PaymentSamples.At));
        var terms = new ChannelTerms([Product.Withhold], ["*"], 1, 5_000_000, [new Currency("CNY")], ChannelMode.Sandbox);
        var table = new RoutingTable(
            [new RoutedChannel(PaymentSamples.Alpha, terms, 1, 16)], RouteRules.Of(new SuccessRate()), RoutingLimits.Default);
        var inputs = new RouterInputs(
            new ChannelReports(), new PolicyFigures(),
            new MaintenanceCalendar(new Dictionary<ChannelId, ImmutableArray<MaintenanceWindow>>()), [],
            (_, _) => Task.FromResult<IReadOnlyDictionary<ChannelId, long>>(new Dictionary<ChannelId, long>()), TimeSpan.Zero);
        var router = Sys.ActorOf(RouterActor.Props(table, inputs, clock, 1));
        var (region, asker) = (CreateTestProbe(), CreateTestProbe());
        Report(router, 1, null);
        Report(router, 2, PaymentSamples.At);
        Report(router, 3, PaymentSamples.At);

        // What came before UseChannels went nowhere; the router starts to look around with it.
        router.Tell(new RouterActor.UseChannels(region.Ref));
        await region.ExpectMsgAsync<SubscribeToReports>();
        Report(router, 4, null);
        Report(router, 5, PaymentSamples.At);
        Report(router, 6, PaymentSamples.At);
        var request = new RouteRequest(
            new MerchantId("shop"), Product.Withhold, new Money(100, new Currency("CNY")), null, ChannelMode.Sandbox, []);
        router.Tell(new AskRoute(1, request), asker.Ref);

        await asker.ExpectMsgAsync<RouteAnswered>();
        Assert.Equal(PaymentSamples.Alpha, (await region.ExpectMsgAsync<SubscribeToReports>(TimeSpan.Zero)).Channel);
    }

    private static void Report(IActorRef router, long sequence, DateTimeOffset? leavingSince) => router.Tell(new ChannelReported(
        new ChannelReport(PaymentSamples.Alpha, 1, sequence, ChannelLifecycle.Active, 1, Lane, Lane, [])
        {
            NoOwnerSince = leavingSince,
        },
        ActorRefs.Nobody, ActorRefs.Nobody));
}
