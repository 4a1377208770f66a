using RouterCluster.Node.Health;

namespace RouterCluster.Node.Tests.Health;

public sealed class MemberRulesTests
{
    [Theory]
    [InlineData(MemberMove.Drain, false, true, true, null)]
    [InlineData(MemberMove.Drain, false, true, false, "last_node")]
    [InlineData(MemberMove.Drain, false, false, true, "node_unreachable")]
    [InlineData(MemberMove.Rejoin, false, true, false, null)]
    [InlineData(MemberMove.Rejoin, false, false, true, "node_unreachable")]
    [InlineData(MemberMove.Down, false, false, true, null)]
    [InlineData(MemberMove.Down, false, true, true, "node_answers")]
    [InlineData(MemberMove.Down, true, true, true, null)]
    [InlineData(MemberMove.Down, true, true, false, "last_node")]
    [InlineData(MemberMove.Down, false, false, false, "last_node")]
    public void A_node_is_changed_only_where_another_one_goes_on(
        MemberMove move, bool isForced, bool isReachable, bool othersTake, string? code) =>
        Assert.Equal(code, MemberRules.WhyNot(move, isForced, isReachable, othersTake)?.Code);
}
