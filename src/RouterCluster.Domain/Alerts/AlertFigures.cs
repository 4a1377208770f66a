using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Checks;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Alerts;

/// <summary>Everything that the rules look at, of all nodes, at one moment.</summary>
public sealed record AlertFigures(DateTimeOffset At)
{
    public ImmutableArray<ChannelFigures> Channels { get; init; } = [];

    /// <summary>The channels that each merchant's product may use.</summary>
    public ImmutableArray<LineFigures> Lines { get; init; } = [];

    public ImmutableArray<NodeFigures> Nodes { get; init; } = [];

    public ImmutableArray<WebhookFigures> Webhooks { get; init; } = [];

    public ImmutableArray<TargetFigures> Targets { get; init; } = [];

    /// <summary>Payments taken, of products of which earlier weeks are known.</summary>
    public ImmutableArray<VolumeFigures> Volumes { get; init; } = [];

    /// <summary>Of the last five minutes.</summary>
    public ImmutableArray<ForeignRequests> Foreign { get; init; } = [];

    /// <summary>Null: storage did not answer.</summary>
    public CaseFigures? Cases { get; init; } = CaseFigures.None;

    /// <summary>False: some figures are missing, so that nothing found may be wrong.</summary>
    public bool AreComplete { get; init; } = true;
}

/// <param name="Unknown">Attempts whose result nobody knows, on all nodes.</param>
public sealed record ChannelFigures(ChannelId Channel, ChannelLifecycle Lifecycle, UnknownFigures Unknown)
{
    /// <summary>A channel without owner for longer has none to come.</summary>
    public static readonly TimeSpan LongestMove = TimeSpan.FromSeconds(20);

    /// <summary>By product: the router's own conclusion.</summary>
    public ImmutableDictionary<Product, OutageStanding> Outages { get; init; } =
        ImmutableDictionary<Product, OutageStanding>.Empty;

    public ImmutableDictionary<Product, RateFigures> Rates { get; init; } = ImmutableDictionary<Product, RateFigures>.Empty;

    public bool IsSubmitBreakerOpen { get; init; }

    public bool IsInMaintenance { get; init; }

    public TimeSpan NoOwnerFor { get; init; }

    public int InFlight { get; init; }

    public int Budget { get; init; }

    public int Waiting { get; init; }

    public SilenceFigures Silence { get; init; }

    /// <summary>Attempts of the last minute that ended, and those of them that the network or a timeout ended.</summary>
    public int EndedInMinute { get; init; }

    public int NetworkFaultsInMinute { get; init; }

    /// <summary>Failures of the last five minutes that a well-configured channel never reports.</summary>
    public ImmutableArray<CodeFigures> UnusualCodes { get; init; } = [];

    /// <summary>Codes of faults in the last five minutes, with their usual number in five minutes.</summary>
    public ImmutableArray<CodeFigures> Codes { get; init; } = [];

    /// <summary>Minor units that succeeded today.</summary>
    public long AmountToday { get; init; }

    /// <summary>Operators' changes that are in force until somebody takes them back.</summary>
    public ImmutableArray<OverrideFigures> Overrides { get; init; } = [];

    /// <summary>No operator and no announcement has taken it out of service.</summary>
    public bool IsInService => Lifecycle is ChannelLifecycle.Active or ChannelLifecycle.NoOwner && !IsInMaintenance;

    /// <summary>Takes new payments, or will in a moment: a channel that moves to another node has no owner meanwhile.</summary>
    public bool IsUsable => IsInService && !IsSubmitBreakerOpen && NoOwnerFor <= LongestMove;
}

/// <param name="Amount">Minor units.</param>
public readonly record struct UnknownFigures(int Count, long Amount, TimeSpan Oldest);

/// <param name="Calls">Submits and queries since the last answer.</param>
/// <param name="Lasts">Since the first of them ended.</param>
public readonly record struct SilenceFigures(int Calls, TimeSpan Lasts);

/// <param name="What">As people say it, such as <c>weight 2</c>.</param>
public readonly record struct OverrideFigures(string What, string By, DateTimeOffset Since);

public readonly record struct CodeFigures(string Code, int Count, double Usual);

/// <param name="Usable">Channels that take new payments of it now.</param>
public sealed record LineFigures(
    MerchantId Merchant, Product Product, ImmutableArray<ChannelId> All, ImmutableArray<ChannelId> Usable);

/// <param name="IsLost">It ended or cannot be reached, and nobody told it to leave.</param>
/// <param name="CommitP99">Of the last seconds; null without commits.</param>
/// <param name="StorageProblem">Why storage takes no commits; null while it does.</param>
public sealed record NodeFigures(string Address, bool IsLost, TimeSpan? CommitP99, string? StorageProblem)
{
    /// <summary>Of its connections to other nodes; empty: they use none.</summary>
    public ImmutableArray<CertificateFigures> Certificates { get; init; } = [];
}

/// <param name="MostTries">Tries of the webhook that was tried most.</param>
public sealed record WebhookFigures(MerchantId Merchant, int Pending, int MostTries);

/// <param name="FailingFor">Zero: the last delivery arrived.</param>
public sealed record TargetFigures(string Name, TimeSpan FailingFor, string? Fault);

/// <param name="Contradictory">Open cases in which evidence excludes other evidence or the payment's end.</param>
/// <param name="LateSuccesses">Open cases of failed payments whose money moved after all.</param>
/// <param name="OldestWait">Age of the oldest open case.</param>
public sealed record CaseFigures(int Open, int Contradictory, int LateSuccesses, TimeSpan OldestWait)
{
    public static readonly CaseFigures None = new(0, 0, 0, TimeSpan.Zero);
}
