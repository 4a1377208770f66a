using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Learning;
using RouterCluster.Domain.Routing.Policies;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Replay.Baselines;

namespace RouterCluster.Replay;

/// <summary>The product's policies and the baselines.</summary>
public static class ReplayRouters
{
    /// <summary>How policies with channel names are written.</summary>
    public const string Forms = "weighted[:CHANNEL=NUMBER,...], priority:CHANNEL,..., pinned:CHANNEL, sticky";

    private const string Own = "success-rate";
    private const double Tolerance = 0.02;

    /// <summary>The routers that run when none is named.</summary>
    public static readonly IReadOnlyList<string> Names = [Own, .. BaselineRouters.Names];

    /// <summary>A new router without experience; null for an unknown name.</summary>
    public static IRouter? Create(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var kind = colon < 0 ? name : name[..colon];
        string[] given = colon < 0 ? [] : name[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries);
        if (given.Any(item => item.Length == 0))
        {
            return null;
        }

        return Policy(name, kind, given) is { } policy
            ? new SuccessRouter(policy, new SuccessLearner(LearningLimits.Default))
            : BaselineRouters.Create(name);
    }

    private static IRoutingPolicy? Policy(string name, string kind, string[] given) => (kind, given.Length) switch
    {
        (Own, 0) => new SuccessRate(),
        ("sticky", 0) => new Sticky(name, Tolerance),
        ("weighted", _) => Weights(given) is { } weights ? new Weighted(name, weights, Tolerance) : null,
        ("priority", > 0) => new Priority(name, [.. given.Select(channel => new ChannelId(channel))], Tolerance),
        ("pinned", 1) => new Pinned(name, new ChannelId(given[0]), new SuccessRate()),
        _ => null,
    };

    private static FrozenDictionary<ChannelId, double>? Weights(string[] given)
    {
        var weights = ImmutableDictionary<ChannelId, double>.Empty;
        foreach (var item in given)
        {
            var parts = item.Split('=');
            if (parts.Length != 2 || parts[0].Length == 0
                || !double.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
                || weight <= 0)
            {
                return null;
            }

            weights = weights.SetItem(new ChannelId(parts[0]), weight);
        }

        return weights.ToFrozenDictionary();
    }
}
