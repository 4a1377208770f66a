using Akka.Cluster;
using RouterCluster.Api;
using RouterCluster.Domain.Channels;
using RouterCluster.Node.Health;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node;

/// <summary>The cluster as Akka sees it. Books and channels are those that this node knows the place of.</summary>
internal sealed class ClusterView(RouterNode node, NodeSettings settings) : IClusterView
{
    public ClusterBody Get()
    {
        var cluster = Cluster.Get(node.System);
        var self = cluster.SelfAddress.ToString();
        var members = cluster.State.Members.Select(member => new MemberBody(
            member.Address.ToString(),
            member.Status.ToString().ToLowerInvariant(),
            [.. member.Roles.Order(StringComparer.Ordinal)],
            member.Address.ToString() == self ? [.. Enumerable.Range(0, settings.Books)] : [],
            member.Address.ToString() == self ? [.. OwnChannels()] : []));
        return new ClusterBody(self, cluster.State.Leader?.ToString(), [.. members]);
    }

    private IEnumerable<string> OwnChannels() => node.Channels.All()
        .Where(channel => channel.Lifecycle != ChannelLifecycle.NoOwner)
        .Select(channel => channel.Channel.Value);
}
