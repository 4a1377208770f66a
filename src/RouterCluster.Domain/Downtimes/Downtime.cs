using System.Collections.Immutable;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Downtimes;

/// <summary>A channel that may take a merchant's payments of one product, and when it does not.</summary>
/// <param name="Banks">As in the channel's terms, <see cref="ChannelTerms.AnyBank"/> included.</param>
public sealed record ServingChannel(ImmutableHashSet<string> Banks, ImmutableArray<ClosedTime> Closed)
{
    /// <param name="bank">Null: one that no channel and no closing names.</param>
    public bool Takes(string? bank) => Banks.Contains(ChannelTerms.AnyBank) || (bank is not null && Banks.Contains(bank));

    public Times ClosedFor(string? bank) => Times.Of(Closed.Where(one => one.Concerns(bank)).Select(one => one.Time));

    public Times MaintainedFor(string? bank) =>
        Times.Of(Closed.Where(one => one.IsMaintenance && one.Concerns(bank)).Select(one => one.Time));
}

/// <param name="Bank">Null: of all banks.</param>
/// <param name="IsMaintenance">False: an operator has switched the channel, or this part of it, off.</param>
public readonly record struct ClosedTime(string? Bank, MaintenanceTime Time, bool IsMaintenance)
{
    public bool Concerns(string? bank) => Bank is null || Bank == bank;
}

/// <summary>When no channel takes a merchant's payments of a product, because of maintenance.</summary>
/// <param name="Bank">Null: of all banks but those in <paramref name="Except"/>.</param>
public sealed record Downtime(string? Bank, ImmutableArray<string> Except, MaintenanceTime Time);
