using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Checks;

/// <summary>
/// Everything that checks look at, at one moment, as one node sees it. Storage, clock, certificates and counters are the node's
/// own; members, leases, channels and lines are the cluster's.
/// </summary>
public sealed record CheckFigures(DateTimeOffset At, StorageFigures Storage, CounterFigures Counters)
{
    /// <summary>Null: the clock may be believed.</summary>
    public string? ClockProblem { get; init; }

    public ImmutableArray<MemberFigures> Members { get; init; } = [];

    /// <summary>False: storage is in files of one process, and no node needs a lease.</summary>
    public bool AreLeasesNeeded { get; init; }

    public ImmutableArray<CheckedChannel> Channels { get; init; } = [];

    public ImmutableArray<CheckedLine> Lines { get; init; } = [];

    /// <summary>Of the connections between nodes; none where they are not encrypted.</summary>
    public ImmutableArray<CertificateFigures> Certificates { get; init; } = [];

    /// <summary>A certificate that ends sooner has to be renewed.</summary>
    public TimeSpan CertificatesLast { get; init; }
}

/// <param name="RoundTrip">Of a question to the database; null: it did not answer in time.</param>
/// <param name="Problem">Why books of the node take no commits; null while they do.</param>
public sealed record StorageFigures(TimeSpan? RoundTrip, string? Problem);

/// <param name="Problem">Why Redis takes no counters; null while it does.</param>
/// <param name="Waiting">Numbers in memory that are not written yet.</param>
/// <param name="Lost">Additions that had no place in memory.</param>
public sealed record CounterFigures(string? Problem, int Waiting, long Lost);

/// <param name="Status">As in the cluster's view: <c>up</c>, <c>unreachable</c>, …</param>
/// <param name="NotReady">Why the node is not ready; null while it is.</param>
/// <param name="Lease">Null: it has none that is known to live.</param>
public sealed record MemberFigures(string Address, string Status, bool IsDraining, string? NotReady, LeaseFigures? Lease);

/// <param name="Age">Since its last renewal.</param>
/// <param name="Lasts">From a renewal on.</param>
public sealed record LeaseFigures(TimeSpan Age, TimeSpan Lasts);

public sealed record CertificateFigures(string Name, DateTimeOffset ValidUntil);

/// <param name="Usable">Channels that take new payments of it now.</param>
public sealed record CheckedLine(
    MerchantId Merchant, Product Product, Currency Currency, int All, ImmutableArray<ChannelId> Usable);

/// <param name="NoOwnerFor">Null: an owner sends.</param>
public sealed record CheckedChannel(ChannelId Id, ChannelLifecycle Lifecycle, TimeSpan? NoOwnerFor)
{
    /// <summary>An operator holds it back.</summary>
    public bool IsIsolated { get; init; }

    /// <summary>The company has said that it takes nothing, or less, for a time.</summary>
    public bool IsClosed { get; init; }

    public bool IsSubmitBreakerOpen { get; init; }

    public bool IsQueryBreakerOpen { get; init; }

    public OutageStanding? Outage { get; init; }

    /// <summary>Neither an operator nor the configuration has taken it out, so that trouble of it is a fault.</summary>
    public bool IsInService => Lifecycle is ChannelLifecycle.Active or ChannelLifecycle.NoOwner && !IsIsolated;

    public bool IsUsable => IsInService && NoOwnerFor is null && !IsClosed && !IsSubmitBreakerOpen
        && Outage?.Level != OutageLevel.Down;
}
