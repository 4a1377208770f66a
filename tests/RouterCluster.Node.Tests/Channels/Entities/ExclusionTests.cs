using Akka.Actor;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>A part of a channel that an operator has switched off.</summary>
public sealed class ExclusionTests : ChannelScene
{
    private static readonly ExclusionScope Withholds = new(null, Product.Withhold, null, null, null);
    private static readonly ChannelChange ByAlice = new("alice", "it hangs");

    [Fact]
    public async Task Its_orders_go_back_unsent_once_the_operator_is_answered_and_questions_go_on()
    {
        var (channel, told) = await StartChannelAsync();

        var done = await ChangeAsync(channel, ByAlice with { Exclude = Withholds });
        told.SubmitLane.Tell(Order(1));
        var refused = await ReportAsync();
        told.QueryLane.Tell(Question(2));
        var answered = await ReportAsync();

        Assert.Equal([new NumberedScope(1, Withholds)], done.Report.Exclusions.AsEnumerable());
        Assert.Equal((1, "alice", "it hangs"), Said(Assert.Single(done.Exclusions)));
        Assert.Equal((Landing.NotSent, "excluded"), (refused.Outcome.Landing, refused.Outcome.Code));
        Assert.Equal(OutcomeClass.Success, answered.Outcome.Class);
    }

    [Fact]
    public async Task It_survives_the_entity_and_ends_when_it_is_taken_back()
    {
        Psp.Instantly = Success;
        var (channel, _) = await StartChannelAsync();
        await ChangeAsync(channel, ByAlice with { Exclude = Withholds });
        await KillAsync(channel);

        var (again, told) = await StartChannelAsync();
        Assert.Equal([new NumberedScope(1, Withholds)], told.Report.Exclusions.AsEnumerable());
        Assert.Equal((1, "alice", "it hangs"), Said(Assert.Single((await HistoryAsync(again)).Exclusions)));
        told.SubmitLane.Tell(Order(1));
        Assert.Equal("excluded", (await ReportAsync()).Outcome.Code);

        var done = await ChangeAsync(again, new ChannelChange("bob", "well again") { Include = 1 });
        Assert.Empty(done.Exclusions);
        told.SubmitLane.Tell(Order(2));
        Assert.NotEqual("excluded", (await ReportAsync()).Outcome.Code);
    }

    [Fact]
    public async Task It_ends_by_itself()
    {
        var (channel, _) = await StartChannelAsync();
        await ChangeAsync(channel, ByAlice with { Exclude = Withholds, For = TimeSpan.FromHours(1) });
        Time.Advance(TimeSpan.FromHours(1));

        var history = await Router.FishForMessageAsync<ChannelHistory>(history => history.Last?.By == ChannelChange.Router);

        Assert.Equal("included 1 again", history.Last?.What);
        Assert.Empty(history.Exclusions);
        Assert.Empty((await ReportedAsync(report => report.Exclusions.IsEmpty)).Exclusions);
    }

    [Fact]
    public async Task One_that_there_never_was_is_refused()
    {
        var (channel, _) = await StartChannelAsync();

        channel.Tell(new ChangeChannel(PaymentSamples.Alpha, ByAlice with { Include = 1 }), Operator.Ref);

        Assert.Equal(ChangeRefusal.NoSuchExclusion, (await Operator.ExpectMsgAsync<ChannelChangeRefused>()).Why);
    }

    private static (int, string, string) Said(ChannelExclusion one) => (one.No, one.By, one.Reason);
}
