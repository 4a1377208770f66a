using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using RouterCluster.Api;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Health;

/// <summary>
/// The cluster in Akka's view, with what the shards of every node say of their place, and the nodes' rows in the database.
/// </summary>
internal sealed class ClusterView(
    ActorSystem system, IReadOnlyActorRegistry actors, IReadOnlyList<ChannelSettings> channels, LeaseKeeper leases,
    Readiness readiness, DrainingNodes draining, TimeProvider clock) : IClusterView
{
    private const string Unreachable = "unreachable";
    private static readonly IReadOnlySet<string> None = new HashSet<string>();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<ClusterBody> GetAsync(CancellationToken cancellation)
    {
        var asked = (Books: ShardsAsync<IBookMessage>(cancellation), Channels: ShardsAsync<IChannelMessage>(cancellation));
        var (books, lanes) = (await asked.Books, await asked.Channels);
        var cluster = Cluster.Get(system);
        var rows = leases.Living().GroupBy(living => living.Row.Address)
            .ToDictionary(group => group.Key, group => group.MaxBy(living => living.Row.Epoch)!);
        var members = cluster.State.Members.Select(member => new MemberBody(
            member.Address.ToString(),
            cluster.State.Unreachable.Contains(member) ? Unreachable : member.Status.ToString().ToLowerInvariant(),
            [.. member.Roles.Order(StringComparer.Ordinal)],
            [.. books.GetValueOrDefault(member.Address, None).Select(BookShards.BookOf).Order()],
            [.. ChannelsIn(lanes.GetValueOrDefault(member.Address, None))],
            member.Status is MemberStatus.Leaving or MemberStatus.Exiting || draining.Contains(member.Address)
                || (member.Address == cluster.SelfAddress && readiness.IsDraining),
            LeaseOf(rows, member.Address == cluster.SelfAddress ? leases.Address : member.Address.ToString())));
        return new ClusterBody(cluster.SelfAddress.ToString(), cluster.State.Leader?.ToString(), [.. members]);
    }

    private IEnumerable<string> ChannelsIn(IReadOnlySet<string> shards) => channels
        .Select(channel => channel.Id.Value).Where(channel => shards.Contains(ChannelHosting.Shards.ShardId(channel)));

    private LeaseBody? LeaseOf(Dictionary<string, LivingNode> rows, string address) =>
        rows.GetValueOrDefault(address) is { } living
            ? new LeaseBody(
                living.Row.Epoch, (long)living.Age.TotalMilliseconds, clock.GetUtcNow() + living.Row.Lasts - living.Age)
            : null;

    /// <summary>The shards of each node, busy ones too; none when no node answers in time.</summary>
    private async Task<Dictionary<Address, IReadOnlySet<string>>> ShardsAsync<TMessage>(CancellationToken cancellation)
    {
        try
        {
            var stats = await actors.Get<TMessage>().Ask<ClusterShardingStats>(
                new GetClusterShardingStats(Patience), Patience, cancellation);
            return stats.Regions.ToDictionary(
                region => region.Key, IReadOnlySet<string> (region) =>
                    region.Value.Stats.Keys.Concat(region.Value.Failed).ToHashSet());
        }
        catch (AskTimeoutException)
        {
            return [];
        }
    }
}
