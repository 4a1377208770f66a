using Akka.Actor;
using Akka.TestKit.Xunit2;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Tests.Messages;

public sealed class StrictMessagesTests() : TestKit($"{StrictMessages.Hocon}\nakka.loglevel = ERROR\nakka.stdout-loglevel = OFF")
{
    [Fact]
    public void A_message_that_was_lost_for_want_of_a_codec_is_found()
    {
        CreateTestProbe().Ref.Tell(new WithdrawOrder("0A1"));
        Assert.Contains(nameof(WithdrawOrder), Assert.Single(new StrictMessages().Apply(Sys).All), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_of_the_test_itself_needs_none()
    {
        var probe = CreateTestProbe();
        probe.Ref.Tell(new OwnOfTheTest());
        probe.ExpectMsg<OwnOfTheTest>();
        StrictMessages.AssertAllHadCodecs(Sys);
    }

    private sealed record OwnOfTheTest;
}
