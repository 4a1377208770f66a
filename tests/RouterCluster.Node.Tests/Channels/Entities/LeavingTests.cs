using Akka.Actor;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>A channel that moves to another node while routers everywhere still choose it.</summary>
public sealed class LeavingTests : ChannelScene
{
    [Fact]
    public async Task Routers_hear_at_once_that_it_leaves_and_an_order_that_is_on_its_way_is_still_sent()
    {
        var (channel, told) = await StartChannelAsync();
        channel.Tell(new SubscribeToReports(told.Report.Channel, null), new RouterElsewhere(Sys));
        Psp.Instantly = Success;

        channel.Tell(StopChannel.Instance);
        await ToldAsync(leaving => leaving.Report.NoOwnerSince is not null);
        told.SubmitLane.Tell(Order(1));

        var report = await ReportAsync();
        Assert.Equal(OutcomeClass.Success, report.Outcome.Class);
        told.SubmitLane.Tell(Taken(report));
        await Operator.ExpectTerminatedAsync(channel);
    }

    [Fact]
    public async Task Ends_that_no_book_takes_go_to_the_next_owner_which_tells_them_again()
    {
        var (channel, told) = await StartChannelAsync();
        channel.Tell(new SubscribeToReports(told.Report.Channel, null), new RouterElsewhere(Sys));
        Psp.Instantly = Success;
        told.SubmitLane.Tell(Order(1));
        var report = await ReportAsync();

        channel.Tell(StopChannel.Instance);
        await Operator.ExpectTerminatedAsync(channel);
        Assert.Equal(ClaimState.Released, Claims.Row?.State);
        var left = await Region.ExpectMsgAsync<AdoptReports>();
        Assert.Equal((report.Channel, report), (left.Channel, Assert.Single(left.Reports)));

        var (next, _) = await StartChannelAsync();
        next.Tell(left);
        Assert.Equal(report, await ReportAsync());
    }

    /// <summary>On a node that stops as a whole, the books have fallen quiet before.</summary>
    [Fact]
    public async Task With_routers_of_its_own_node_alone_it_waits_for_nothing()
    {
        var (channel, told) = await StartChannelAsync();

        channel.Tell(StopChannel.Instance);
        await ToldAsync(leaving => leaving.Report.NoOwnerSince is not null);
        told.SubmitLane.Tell(Order(1));

        await Operator.ExpectTerminatedAsync(channel);
        Assert.Null(Psp.MayStillSend);
    }

    private sealed class RouterElsewhere(ActorSystem system) : MinimalActorRef
    {
        public override ActorPath Path { get; } =
            new RootActorPath(new Address("akka.tcp", "router", "10.0.0.9", 2551)) / "user" / "router";

        public override IActorRefProvider Provider { get; } = ((ExtendedActorSystem)system).Provider;
    }
}
