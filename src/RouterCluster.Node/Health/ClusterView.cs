using Akka.Actor;
using Akka.Cluster;
using RouterCluster.Api;
using RouterCluster.Domain.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Health;

/// <summary>The cluster in Akka's view, with the books and channels whose place this node knows.</summary>
internal sealed class ClusterView(ActorSystem system, IChannels channels, NodeSettings settings) : IClusterView
{
    public ClusterBody Get()
    {
        var cluster = Cluster.Get(system);
        var self = cluster.SelfAddress.ToString();
        var members = cluster.State.Members.Select(member => new MemberBody(
            member.Address.ToString(),
            member.Status.ToString().ToLowerInvariant(),
            [.. member.Roles.Order(StringComparer.Ordinal)],
            member.Address.ToString() == self ? [.. Enumerable.Range(0, settings.Books)] : [],
            member.Address.ToString() == self ? [.. OwnChannels()] : []));
        return new ClusterBody(self, cluster.State.Leader?.ToString(), [.. members]);
    }

    private IEnumerable<string> OwnChannels() => channels.All()
        .Where(channel => channel.Lifecycle != ChannelLifecycle.NoOwner)
        .Select(channel => channel.Channel.Value);
}
