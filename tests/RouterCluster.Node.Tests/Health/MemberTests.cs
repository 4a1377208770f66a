using RouterCluster.Node.Health;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Health;

/// <summary>What operators send to drain, take back and down nodes.</summary>
public sealed class MemberTests : IAsyncLifetime
{
    private const string Members = "/admin/v1/cluster/members";

    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData("drain", MemberMove.Drain)]
    [InlineData("rejoin", MemberMove.Rejoin)]
    [InlineData("down", MemberMove.Down)]
    public async Task An_admin_changes_a_node_by_its_address_and_sees_the_cluster(string verb, MemberMove move)
    {
        var path = $"/admin/v1/cluster/members/akka.tcp:%2F%2Frouter@10.0.0.2:2551/{verb}";

        var answer = await _node.SendAsync(HttpMethod.Post, path, "t-admin", """{ "reason": "disk" }""");

        Assert.Equal((200, "akka://router@here"), (answer.Status, (string?)answer.Json!["self"]));
        var (member, change) = Assert.Single(_node.Members.Made);
        Assert.Equal("akka.tcp://router@10.0.0.2:2551", member);
        Assert.Equal(new MemberChange(move, "alice", "disk", IsForced: false), change);
    }

    [Fact]
    public async Task Force_is_for_downing_alone()
    {
        await _node.SendAsync(HttpMethod.Post, $"{Members}/10.0.0.2:2551/down", "t-admin", """{ "force": true }""");
        var wrong = await _node.SendAsync(HttpMethod.Post, $"{Members}/10.0.0.2:2551/drain", "t-admin", """{ "force": true }""");

        Assert.True(Assert.Single(_node.Members.Made).Change.IsForced);
        Assert.Equal(["force"], wrong.Fields);
    }

    [Theory]
    [InlineData("t-operator")]
    [InlineData("t-viewer")]
    public async Task Other_roles_change_nothing(string token)
    {
        var answer = await _node.SendAsync(HttpMethod.Post, $"{Members}/10.0.0.2:2551/drain", token, "{}");

        Assert.Equal((403, "forbidden"), (answer.Status, answer.Code));
        Assert.Empty(_node.Members.Made);
    }

    [Fact]
    public async Task A_refusal_is_answered_as_it_is()
    {
        _node.Members.Refusal = MemberRules.LastNode;

        var answer = await _node.SendAsync(HttpMethod.Post, $"{Members}/10.0.0.2:2551/rejoin", "t-admin", "{}");

        Assert.Equal((409, "last_node"), (answer.Status, answer.Code));
    }
}
