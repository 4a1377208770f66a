using RouterCluster.Node.Health;
using RouterCluster.Node.Platform.Cluster;

namespace RouterCluster.Node.Tests.Health;

public sealed class RoleCheckTests
{
    [Theory]
    [InlineData(true, ClusterRoles.Ingress)]
    [InlineData(true, ClusterRoles.Ingress, ClusterRoles.Channels)]
    [InlineData(false, ClusterRoles.Channels)]
    public void A_node_without_ingress_gets_no_requests_of_merchants(bool isReady, params string[] roles)
    {
        var problem = new RoleCheck(ClusterSettings.Alone with { Roles = [.. roles] }).Problem();

        Assert.Equal(isReady ? null : "router.roles has no ingress: merchants' requests go to other nodes", problem);
    }

    [Fact]
    public void A_node_in_a_cluster_without_owners_says_so_although_it_was_open_before()
    {
        var standing = new NodeStanding(true, [new SilentPart("0", null)], []) { ServesTheRest = true, HasOwners = false };

        Assert.StartsWith("no node of the cluster has the role channels", BooksAndChannelsCheck.ProblemOf(standing));
    }
}
