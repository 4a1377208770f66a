using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Merchants;

/// <summary>The policies of a merchant's payments of one product.</summary>
/// <param name="Product">Null for all products without a section of their own.</param>
/// <param name="Policy">Null: the policy of <c>router.routing</c>.</param>
public sealed record RouteSettings(
    string Name, Product? Product, string? Policy, ImmutableArray<ChannelId> Exclude, long? ExploreUpTo,
    ImmutableArray<string> Shadow, string? Canary, double CanaryPercent);
