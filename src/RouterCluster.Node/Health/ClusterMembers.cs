using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Health;

/// <summary>Any node changes any other one. What was asked for stands in the audit trail before it is done.</summary>
internal sealed partial class ClusterMembers(
    ActorSystem system, DrainingNodes draining, AuditTrail audit, TimeProvider clock, ILogger<ClusterMembers> logger)
    : IClusterMembers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<Refusal?> ChangeAsync(string member, MemberChange change, CancellationToken cancellation)
    {
        var cluster = Cluster.Get(system);
        var state = cluster.State;
        var found = state.Members.FirstOrDefault(one => NamesOf(one.Address).Contains(member));
        if (found is null)
        {
            return Refusals.NoSuch("node", member, state.Members.Select(one => one.Address.ToString()));
        }

        var othersTake = state.Members.Any(one => one.Address != found.Address && one.Status == MemberStatus.Up
            && !state.Unreachable.Contains(one) && !draining.Contains(one.Address));
        var why = MemberRules.WhyNot(change.Move, change.IsForced, !state.Unreachable.Contains(found), othersTake);
        if (why is not null)
        {
            return why;
        }

        await NoteAsync(found.Address, change, cancellation);
        LogChanged($"{found.Address}", change.Move, change.By, change.Reason);
        if (change.Move == MemberMove.Down)
        {
            cluster.Down(found.Address);
            return null;
        }

        return await SetDrainingAsync(found.Address, change.Move == MemberMove.Drain, cancellation);
    }

    /// <summary>In full, and as people write it.</summary>
    private static string[] NamesOf(Address address) =>
        [address.ToString(), address.HostPort(), $"{address.Host}:{address.Port}"];

    private async Task<Refusal?> SetDrainingAsync(Address node, bool isDraining, CancellationToken cancellation)
    {
        try
        {
            await DrainActor.On(system, node).Ask<NodeDraining>(new SetDraining(isDraining), Patience, cancellation);
            return null;
        }
        catch (AskTimeoutException)
        {
            return MemberRules.Silent;
        }
    }

    private Task NoteAsync(Address node, MemberChange change, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var what = change.Move switch
        {
            MemberMove.Drain => $"node {node} drained",
            MemberMove.Rejoin => $"node {node} taken back",
            MemberMove.Down => change.IsForced ? $"node {node} downed by force" : $"node {node} downed",
        };
        var id = string.Create(CultureInfo.InvariantCulture, $"node/{node}/{now.ToStored()}");
        var reason = change.Reason.Length == 0 ? null : change.Reason;
        return audit.AddAsync(new AuditEntry(id, now, change.By, what, reason, null, null), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node}: {Move} by {Operator} ({Reason})")]
    private partial void LogChanged(string node, MemberMove move, string @operator, string reason);
}
