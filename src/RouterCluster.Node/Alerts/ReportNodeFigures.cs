using System.Collections.Immutable;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Checks;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Alerts;

/// <summary>
/// One node's figures of the last moment, to the node that evaluates the alerts. Lost ones are not sent again: the rules look at
/// minutes.
/// </summary>
/// <param name="Ended">Since the node's last message.</param>
/// <param name="Unknown">By channel, of the node's own books.</param>
/// <param name="CommitP99">Null: there were no commits.</param>
/// <param name="StorageProblem">Null while the node's books take commits.</param>
public sealed record ReportNodeFigures(
    string Address, ImmutableArray<EndedAttempts> Ended, ImmutableArray<ChannelUnknowns> Unknown, TimeSpan? CommitP99,
    string? StorageProblem, ImmutableArray<WebhookFigures> Webhooks)
{
    /// <summary>Channels of the node that have not answered lately.</summary>
    public ImmutableArray<SilentChannel> Silent { get; init; } = [];

    /// <summary>Since the node's last message.</summary>
    public ImmutableArray<ForeignRequests> Foreign { get; init; } = [];

    /// <summary>Since the node's last message.</summary>
    public ImmutableArray<TakenPayments> Taken { get; init; } = [];

    /// <summary>Of the node's connections to other nodes; empty: they use none, or the node is of an earlier version.</summary>
    public ImmutableArray<CertificateFigures> Certificates { get; init; } = [];
}

public readonly record struct SilentChannel(ChannelId Channel, SilenceFigures Figures);

public readonly record struct ChannelUnknowns(ChannelId Channel, UnknownFigures Figures);
