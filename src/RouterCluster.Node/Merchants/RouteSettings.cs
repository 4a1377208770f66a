using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Merchants;

/// <summary>Which policies a merchant's payments of one product have.</summary>
/// <param name="Product">Null for all that have no section of their own.</param>
/// <param name="Policy">Null: that of <c>router.routing</c>.</param>
public sealed record RouteSettings(
    string Name, Product? Product, string? Policy, ImmutableArray<ChannelId> Exclude, long? ExploreUpTo,
    ImmutableArray<string> Shadow, string? Canary, double CanaryPercent);
