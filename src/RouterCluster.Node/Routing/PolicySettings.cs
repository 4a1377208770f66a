using System.Collections.Immutable;
using RouterCluster.Domain.Routing.Policies;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Routing;

public enum PolicyKind
{
    SuccessRate = 1,
    Weighted = 2,
    Priority = 3,
    CostAware = 4,
    Pinned = 5,
    Volume = 6,
    Sticky = 7,
}

/// <summary>One named policy. Each kind reads the settings that it needs.</summary>
/// <param name="Minimums">Minor units a month.</param>
/// <param name="MayFallBack">When its channel cannot be used, a pinned policy gives way to success-rate routing.</param>
/// <param name="Margin">The value of a succeeded payment before the channel's fee.</param>
public sealed record PolicySettings(
    string Name, PolicyKind Kind, ImmutableArray<ChannelId> Channels, ImmutableSortedDictionary<string, double> Weights,
    ImmutableSortedDictionary<string, double> Minimums, double Tolerance, bool MayFallBack, ChannelFee Margin)
{
    /// <summary>All settings, so that a change can be recognised.</summary>
    public string Text => string.Join(
        ';', Kind, string.Join(',', Channels), Joined(Weights), Joined(Minimums), FormattableString.Invariant($"{Tolerance}"),
        MayFallBack, Margin.BasisPoints, Margin.Fixed);

    private static string Joined(ImmutableSortedDictionary<string, double> numbers) =>
        string.Join(',', numbers.Select(pair => FormattableString.Invariant($"{pair.Key}={pair.Value}")));
}
