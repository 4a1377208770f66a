using Akka.Actor;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Actors.Tests.Channels.Entities;

/// <summary>What routers learn from: each submit's dispatch and end, and the truth when a query finds it.</summary>
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
        Assert.Equal(CallVerdict.Success, ended.Verdict);
    }

    [Fact]
    public async Task A_query_that_settles_an_unknown_submit_corrects_it_once()
    {
        var (_, told) = await StartChannelAsync();
        Psp.Instantly = Unanswered;
        told.SubmitLane.Tell(Order(1));
        var ended = await SignalAsync(SignalKind.Ended);

        told.QueryLane.Tell(Question(1));
        told.QueryLane.Tell(Question(1));
        var corrected = await SignalAsync(SignalKind.Corrected);

        Assert.Equal((ended.Number, ended.Bank, CallVerdict.Success), (corrected.Number, corrected.Bank, corrected.Verdict));
        Psp.Instantly = Success;
        told.SubmitLane.Tell(Order(2));
        Assert.DoesNotContain(
            (await ReportedAsync(report => !report.Signals.IsEmpty)).Signals, signal => signal.Kind == SignalKind.Corrected);
    }

    [Fact]
    public async Task A_query_about_a_submit_that_is_settled_tells_the_routers_nothing()
    {
        var (_, told) = await StartChannelAsync();
        Psp.Instantly = Declined;
        told.SubmitLane.Tell(Order(1));
        await SignalAsync(SignalKind.Ended);

        told.QueryLane.Tell(Question(1));
        told.SubmitLane.Tell(Order(2));

        Assert.DoesNotContain(
            (await ReportedAsync(report => report.Signals.Any(signal => signal.Kind == SignalKind.Ended))).Signals,
            signal => signal.Kind == SignalKind.Corrected);
    }

    private async Task<SubmitSignal> SignalAsync(SignalKind kind) =>
        (await ReportedAsync(report => report.Signals.Any(signal => signal.Kind == kind))).Signals.First(signal => signal.Kind == kind);
}
