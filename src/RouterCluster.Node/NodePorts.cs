using Akka.Cluster;
using RouterCluster.Api;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node;

/// <summary>The cluster as Akka sees it. Books and channels are those that this node knows the place of.</summary>
internal sealed class ClusterView(RouterNode node, RouterSettings settings) : IClusterView
{
    public ClusterBody Get()
    {
        var cluster = Cluster.Get(node.System);
        var self = cluster.SelfAddress.ToString();
        var members = cluster.State.Members.Select(member => new MemberBody(
            member.Address.ToString(),
            member.Status.ToString().ToLowerInvariant(),
            [.. member.Roles.Order(StringComparer.Ordinal)],
            member.Address.ToString() == self ? [.. Enumerable.Range(0, settings.Node.Books)] : [],
            member.Address.ToString() == self ? [.. OwnChannels()] : []));
        return new ClusterBody(self, cluster.State.Leader?.ToString(), [.. members]);
    }

    private IEnumerable<string> OwnChannels() => node.Channels.All()
        .Where(channel => channel.Lifecycle != ChannelLifecycle.NoOwner)
        .Select(channel => channel.Channel.Value);
}

/// <summary>Suspended payments and payments with cases, from the read model.</summary>
internal sealed class CaseList(PaymentReadModel readModel) : ICaseList
{
    public async Task<ListBody<CaseBody>> GetAsync(string? cursor, int limit, CancellationToken cancellation)
    {
        var page = await readModel.ListCasesAsync(limit, cursor, cancellation);
        return new ListBody<CaseBody>([.. page.Items.Select(payment => payment.ToCase())], page.Next);
    }
}

/// <summary>The read model's payments, in the order in which they were accepted.</summary>
internal sealed class PaymentHistory(PaymentReadModel readModel) : IPaymentHistory
{
    public Task<IReadOnlyList<Payment>> PageAsync(
        DateTimeOffset from, DateTimeOffset to, Payment? after, int limit, CancellationToken cancellation) =>
        readModel.ListAcceptedAsync(from, to, after, limit, cancellation);
}
