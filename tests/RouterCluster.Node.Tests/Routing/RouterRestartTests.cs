using System.Collections.Immutable;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Routing.Messages;
using RouterCluster.Node.Tests.Messages;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Routing;

/// <summary>A router that broke goes on where it was: channels that move or start later must be able to find it.</summary>
public sealed class RouterRestartTests() : TestKit(StrictMessages.WithCodecs)
{
    [Fact]
    public async Task A_restarted_router_subscribes_again()
    {
        var clock = new RouterClock(new FakeTimeProvider(PaymentSamples.At));
        var terms = new ChannelTerms([Product.Withhold], ["*"], 1, 5_000_000, [new Currency("CNY")], ChannelMode.Sandbox);
        var table = new RoutingTable(
            [new RoutedChannel(PaymentSamples.Alpha, terms, 1, 16)], RouteRules.Of(new SuccessRate()), RoutingLimits.Default);
        var outlook = new RouterInputs(
            new ChannelReports(), new PolicyFigures(),
            new MaintenanceCalendar(new Dictionary<ChannelId, ImmutableArray<MaintenanceWindow>>()), [],
            (_, _) => Task.FromResult<IReadOnlyDictionary<ChannelId, long>>(new Dictionary<ChannelId, long>()), TimeSpan.Zero);
        var router = Sys.ActorOf(RouterActor.Props(table, outlook, clock, 1));
        var region = CreateTestProbe();
        router.Tell(new RouterActor.UseChannels(region.Ref));
        await region.ExpectMsgAsync<SubscribeToReports>();

        // A question about nothing is a bug that stops the handler.
        router.Tell(new AskRoute(1, null!));

        await region.ExpectMsgAsync<SubscribeToReports>(TimeSpan.FromSeconds(1.5));
        await region.ExpectMsgAsync<SubscribeToReports>(TimeSpan.FromSeconds(10));
    }
}
