using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

public sealed record RouteRequest(
    MerchantId Merchant, Product Product, Money Amount, string? Bank, ChannelMode Mode, ImmutableArray<ChannelId> Tried)
{
    /// <summary>A stable hash of the payment: all its attempts use the same policy.</summary>
    public ulong PaymentKey { get; init; }

    /// <summary>A stable hash of the account, for policies that keep a customer on a channel.</summary>
    public ulong CustomerKey { get; init; }
}

public abstract record RouteDecision
{
    private RouteDecision()
    {
    }

    public sealed record Chosen(ChannelId Channel, RouteReasons Reasons) : RouteDecision;

    /// <summary>No channel can take it now. <paramref name="RetryAfter"/>: when it is worth asking again.</summary>
    public sealed record NoneNow(TimeSpan RetryAfter, RouteReasons Reasons) : RouteDecision;

    /// <summary>No configured channel could ever take this amount, bank or product, or all that could were tried.</summary>
    public sealed record NoneEver(RouteReasons Reasons) : RouteDecision;
}

public sealed record RouteReasons(
    string Policy, double Draw, ImmutableArray<ScoredChannel> Candidates, ImmutableArray<ExcludedChannel> Excluded)
{
    public static readonly RouteReasons None = new("", 0, [], []);

    /// <summary>Beyond those that <see cref="Candidates"/> names.</summary>
    public int MoreCandidates { get; init; }

    /// <summary>Beyond those that <see cref="Excluded"/> names.</summary>
    public ImmutableArray<ExcludedCount> MoreExcluded { get; init; } = [];
}

public readonly record struct ScoredChannel(ChannelId Channel, double Score);

/// <param name="ExclusionNo">Which exclusion of the channel by an operator; 0 for every other reason.</param>
public readonly record struct ExcludedChannel(ChannelId Channel, Exclusion Reason, int ExclusionNo = 0)
{
    /// <summary>The end of the maintenance; null for every other reason, and in what earlier versions have stored.</summary>
    public DateTimeOffset? Until { get; init; }
}

public readonly record struct ExcludedCount(Exclusion Reason, int Channels);

/// <summary>The numbers are stored: never re-used.</summary>
public enum Exclusion
{
    Product = 1,
    Amount = 2,
    Bank = 3,
    Currency = 4,
    Mode = 5,
    Tried = 10,
    Disabled = 11,
    Draining = 12,
    NoOwner = 13,
    BreakerOpen = 14,
    Isolated = 15,
    Full = 16,
    NoProbe = 17,
    Excluded = 18,
    NotPinned = 19,
    Maintenance = 20,
    Retired = 41,

    /// <summary>It has refused orders as too many, and gets no more than it takes.</summary>
    Throttled = 21,

    /// <summary>It refuses this product, bank or amount at the moment, and takes others.</summary>
    PartClosed = 22,

    /// <summary>An operator keeps such payments away from it.</summary>
    ExcludedByOperator = 23,
}
