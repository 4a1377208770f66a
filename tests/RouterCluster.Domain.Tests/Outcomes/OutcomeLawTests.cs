using RouterCluster.Domain.Outcomes;
using static RouterCluster.Domain.Outcomes.OutcomeClass;

namespace RouterCluster.Domain.Tests.Outcomes;

public sealed class OutcomeLawTests
{
    private static readonly OutcomeClass[] OpenOrGood =
        [Success, Accepted, Processing, WaitCustomer, WaitConfirm, DuplicateNo, Returned, Unknown, Decided];

    private static readonly OutcomeClass[] TheChannels =
        [ChannelLimit, NotSupported, ChannelMaintenance, ChannelThrottled, ChannelConfig, ChannelUnreachable, NotFound];

    private static readonly OutcomeClass[] Faults =
        [ChannelLimit, NotSupported, ChannelMaintenance, ChannelConfig, ChannelUnreachable, Unknown];

    public static TheoryData<OutcomeClass, Landing> All()
    {
        var all = new TheoryData<OutcomeClass, Landing>();
        foreach (var @class in Enum.GetValues<OutcomeClass>())
        {
            foreach (var landing in Enum.GetValues<Landing>())
            {
                all.Add(@class, landing);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Only_a_listed_failure_whose_landing_is_known_is_definite(OutcomeClass @class, Landing landing) =>
        Assert.Equal(
            landing != Landing.Maybe && !OpenOrGood.Contains(@class), new Outcome(@class, landing, "c").IsDefiniteFailure());

    [Theory]
    [MemberData(nameof(All))]
    public void Another_channel_may_be_tried_only_after_a_definite_failure_of_the_channel(OutcomeClass @class, Landing landing) =>
        Assert.Equal(
            landing != Landing.Maybe && TheChannels.Contains(@class), new Outcome(@class, landing, "c").MayTryAnotherChannel());

    [Fact]
    public void Every_class_has_a_name_of_its_own()
    {
        var names = Enum.GetValues<OutcomeClass>().Select(@class => @class.Name()).ToArray();

        Assert.All(names, name => Assert.Matches("^[a-z_]+$", name));
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Only_the_class_success_is_a_success(OutcomeClass @class, Landing landing) =>
        Assert.Equal(@class == Success, new Outcome(@class, landing, "c").IsSuccess());

    [Theory]
    [MemberData(nameof(All))]
    public void The_verdict_blames_the_channel_for_its_own_faults_alone(OutcomeClass @class, Landing landing)
    {
        var expected = @class switch
        {
            Success => CallVerdict.Success,
            ChannelThrottled => CallVerdict.Throttled,
            OurRequest or NoChannel or Decided => CallVerdict.Neutral,
            ChannelLimit or NotSupported or ChannelMaintenance when landing != Landing.NotSent => CallVerdict.Refused,
            _ => Faults.Contains(@class) ? CallVerdict.Fault : CallVerdict.Answered,
        };
        Assert.Equal(expected, new Outcome(@class, landing, "c").Verdict());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Any_verified_answer_is_a_good_answer_to_a_query(OutcomeClass @class, Landing landing)
    {
        var expected = @class == Unknown || (landing == Landing.NotSent) ? CallVerdict.Fault
            : @class == ChannelThrottled && landing == Landing.Maybe ? CallVerdict.Throttled
            : CallVerdict.Answered;
        Assert.Equal(expected, new Outcome(@class, landing, "c").QueryVerdict());
    }
}
