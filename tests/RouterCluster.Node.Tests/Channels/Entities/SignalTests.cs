using Akka.Actor;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>What routers learn from: each submit's dispatch and end, and the truth when a query or a notice tells it.</summary>
public sealed class SignalTests : ChannelScene
{
    private static readonly Outcome Unanswered = Outcome.Unknown("timeout");

    [Fact]
    public async Task A_submits_dispatch_is_told_before_its_end_and_both_carry_its_number()
    {
        var (_, told) = await StartChannelAsync();
        told.SubmitLane.Tell(Order(1));
        var dispatched = await SignalAsync(SignalKind.Dispatched);

        Psp.AnswerSubmit(Success);
        var ended = await SignalAsync(SignalKind.Ended);

        Assert.Equal(dispatched.Number, ended.Number);
        Assert.NotEqual(default, dispatched.Source);
        Assert.Equal(dispatched.Source, ended.Source);
        Assert.Equal(CallVerdict.Success, ended.Verdict);
    }

    [Fact]
    public async Task A_query_that_settles_an_unknown_submit_corrects_it_once()
    {
        var (told, ended) = await UnansweredAsync();

        told.QueryLane.Tell(Question(1));
        told.QueryLane.Tell(Question(1));
        var corrected = await SignalAsync(SignalKind.Corrected);

        Assert.Equal((ended.Number, ended.Bank, CallVerdict.Success), (corrected.Number, corrected.Bank, corrected.Verdict));
        Assert.DoesNotContain(SignalKind.Corrected, await KindsUntilNextEndAsync(told));
    }

    [Fact]
    public async Task A_notice_that_settles_an_unknown_submit_corrects_it_once_however_often_it_comes()
    {
        var (told, ended) = await UnansweredAsync();

        told.SubmitLane.Tell(Heard(1, Declined));
        told.SubmitLane.Tell(Heard(1, Declined));
        var corrected = await SignalAsync(SignalKind.Corrected);
        told.QueryLane.Tell(Question(1));

        Assert.Equal(
            (ended.Number, ended.Bank, OutcomeClass.CustomerFunds), (corrected.Number, corrected.Bank, corrected.Class));
        Assert.DoesNotContain(SignalKind.Corrected, await KindsUntilNextEndAsync(told));
    }

    [Fact]
    public async Task A_notice_before_the_answer_is_the_submits_end_and_its_timeout_is_none()
    {
        var (_, told) = await StartChannelAsync();
        told.SubmitLane.Tell(Order(1));
        told.SubmitLane.Tell(Heard(1, Success));
        var kinds = new List<SubmitSignal>();
        await ReportedAsync(report =>
        {
            kinds.AddRange(report.Signals);
            return kinds.Count >= 2;
        });

        Psp.AnswerSubmit(Unanswered);
        await ReportAsync();

        Assert.Equal([SignalKind.Dispatched, SignalKind.Corrected], kinds.Select(signal => signal.Kind));
        Assert.Equal(kinds[0].Number, kinds[1].Number);
        Assert.Equal([SignalKind.Dispatched, SignalKind.Ended], await KindsUntilNextEndAsync(told));
    }

    [Fact]
    public async Task Truth_about_a_submit_that_is_settled_tells_the_routers_nothing()
    {
        var (_, told) = await StartChannelAsync();
        Psp.Instantly = Declined;
        told.SubmitLane.Tell(Order(1));
        await SignalAsync(SignalKind.Ended);

        told.QueryLane.Tell(Question(1));
        told.SubmitLane.Tell(Heard(1, Success));
        told.SubmitLane.Tell(Heard(77, Success));

        Assert.DoesNotContain(SignalKind.Corrected, await KindsUntilNextEndAsync(told));
    }

    private async Task<(ChannelReported Told, SubmitSignal Ended)> UnansweredAsync()
    {
        var (_, told) = await StartChannelAsync();
        Psp.Instantly = Unanswered;
        told.SubmitLane.Tell(Order(1));
        return (told, await SignalAsync(SignalKind.Ended));
    }

    private OrderHeard Heard(int number, Outcome outcome) => new(Order(number).OrderNo, Order(number).Product, outcome);

    private async Task<SubmitSignal> SignalAsync(SignalKind kind) =>
        (await ReportedAsync(report => report.Signals.Any(signal => signal.Kind == kind)))
            .Signals.First(signal => signal.Kind == kind);

    /// <summary>What the routers are told up to the end of one more order: what was going to come has come by then.</summary>
    private async Task<List<SignalKind>> KindsUntilNextEndAsync(ChannelReported told)
    {
        Psp.Instantly = Success;
        told.SubmitLane.Tell(Order(2));
        var kinds = new List<SignalKind>();
        await ReportedAsync(report =>
        {
            kinds.AddRange(report.Signals.Select(signal => signal.Kind));
            return kinds.Contains(SignalKind.Ended);
        });
        return kinds;
    }
}
