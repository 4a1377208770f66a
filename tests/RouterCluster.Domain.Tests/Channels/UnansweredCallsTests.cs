using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Tests.Channels;

public sealed class UnansweredCallsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly UnansweredCalls Two = new(2, Second);

    [Theory]
    [InlineData(CallVerdict.Fault, 3)]
    [InlineData(CallVerdict.Refused, 2)]
    [InlineData(CallVerdict.Throttled, 2)]
    [InlineData(CallVerdict.Neutral, 2)]
    [InlineData(CallVerdict.Answered, 0)]
    [InlineData(CallVerdict.Success, 0)]
    public void An_answer_ends_the_silence_and_a_refusal_does_not_prolong_it(CallVerdict verdict, int count) =>
        Assert.Equal(count == 0 ? default : Two with { Count = count }, Two.After(verdict, 9 * Second));

    [Fact]
    public void It_begins_with_the_first_call_without_an_answer() => Assert.Equal(
        Two, default(UnansweredCalls).After(CallVerdict.Fault, Second).After(CallVerdict.Fault, 2 * Second));

    [Fact]
    public void An_order_whose_connection_was_refused_is_unanswered_and_a_customers_failure_is_an_answer()
    {
        Assert.Equal(CallVerdict.Fault, Outcome.NotSent(OutcomeClass.ChannelUnreachable, CallCodes.NotConnected).Verdict());
        Assert.Equal(CallVerdict.Answered, new Outcome(OutcomeClass.CustomerFunds, Landing.Landed, "51").Verdict());
    }
}
