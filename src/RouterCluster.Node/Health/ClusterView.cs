using System.Collections.Immutable;
using System.Data.Common;
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
    Readiness own, DrainingNodes draining, OpenConnections connections, TimeProvider clock) : IClusterView
{
    private const string Unreachable = "unreachable";
    private static readonly IReadOnlySet<string> None = new HashSet<string>();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<ClusterBody> GetAsync(CancellationToken cancellation)
    {
        var cluster = Cluster.Get(system);
        var asked = (Books: ShardsAsync<IBookMessage>(cancellation), Channels: ShardsAsync<IChannelMessage>(cancellation));
        var told = await Task.WhenAll(cluster.State.Members.Select(member => ReadinessAsync(member, cancellation)));
        var readiness = told.ToDictionary(one => one.Node, one => one.Told);
        var (books, lanes) = (await asked.Books, await asked.Channels);
        var rows = leases.Living().GroupBy(living => living.Row.Address)
            .ToDictionary(group => group.Key, group => group.MaxBy(living => living.Row.Epoch)!);
        var open = await OpenAsync(cancellation);
        var members = cluster.State.Members.Select(member => new MemberBody(
            member.Address.ToString(),
            cluster.State.Unreachable.Contains(member) ? Unreachable : member.Status.ToString().ToLowerInvariant(),
            [.. member.Roles.Order(StringComparer.Ordinal)],
            [.. books.GetValueOrDefault(member.Address, None).Select(BookShards.BookOf).Order()],
            [.. ChannelsIn(lanes.GetValueOrDefault(member.Address, None))],
            member.Status is MemberStatus.Leaving or MemberStatus.Exiting || draining.Contains(member.Address)
                || (member.Address == cluster.SelfAddress && own.IsDraining),
            LeaseOf(rows, AddressOf(member)))
        {
            Connections = rows.GetValueOrDefault(AddressOf(member)) is { } living
                ? ConnectionsOf(open, living.Row.Incarnation, member.Address == cluster.SelfAddress)
                : null,
            Ready = readiness.GetValueOrDefault(member.Address) is { } said ? said.Problem is null : null,
            NotReady = readiness.GetValueOrDefault(member.Address)?.Problem,
        });
        return new ClusterBody(cluster.SelfAddress.ToString(), cluster.State.Leader?.ToString(), [.. members]);
    }

    /// <summary>As its row in the database names it.</summary>
    private string AddressOf(Member member) =>
        member.Address == Cluster.Get(system).SelfAddress ? leases.Address : member.Address.ToString();

    private ConnectionsBody? ConnectionsOf(
        ImmutableDictionary<(string Incarnation, StoragePurpose Purpose), int> open, string incarnation, bool isSelf)
    {
        int Of(StoragePurpose purpose) => open.GetValueOrDefault((incarnation, purpose));
        var all = Enum.GetValues<StoragePurpose>().Sum(Of);
        return all == 0
            ? null
            : new ConnectionsBody(
                isSelf ? connections.Limit : null, all, Of(StoragePurpose.Journals), Of(StoragePurpose.Writes),
                Of(StoragePurpose.Reads), Of(StoragePurpose.Leases));
    }

    private async Task<ImmutableDictionary<(string Incarnation, StoragePurpose Purpose), int>> OpenAsync(
        CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            return await connections.CountAsync(limit.Token);
        }
        catch (Exception away) when (away is DbException or TimeoutException
            || (away is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return ImmutableDictionary<(string, StoragePurpose), int>.Empty;
        }
    }

    private IEnumerable<string> ChannelsIn(IReadOnlySet<string> shards) => channels
        .Select(channel => channel.Id.Value).Where(channel => shards.Contains(ChannelHosting.Shards.ShardId(channel)));

    private LeaseBody? LeaseOf(Dictionary<string, LivingNode> rows, string address) =>
        rows.GetValueOrDefault(address) is { } living
            ? new LeaseBody(
                living.Row.Epoch, (long)living.Age.TotalMilliseconds, clock.GetUtcNow() + living.Row.Lasts - living.Age)
            : null;

    /// <summary>Null from a node that does not answer in time; one that is known to be out of reach is not asked.</summary>
    private async Task<(Address Node, NodeReadiness? Told)> ReadinessAsync(Member member, CancellationToken cancellation)
    {
        if (Cluster.Get(system).State.Unreachable.Contains(member))
        {
            return (member.Address, null);
        }

        try
        {
            var told = await ReadinessActor.On(system, member.Address)
                .Ask<NodeReadiness>(GetReadiness.Instance, Patience, cancellation);
            return (member.Address, told);
        }
        catch (AskTimeoutException)
        {
            return (member.Address, null);
        }
    }

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
