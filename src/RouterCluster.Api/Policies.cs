namespace RouterCluster.Api;

/// <summary>
/// Figures of the policies on the answering node since its start, and the routes. <paramref name="Warnings"/> name
/// merchants whose payments have no second channel.
/// </summary>
public sealed record PoliciesBody(
    IReadOnlyList<PolicyBody> Items, string? Next, IReadOnlyList<RouteBody> Routes, IReadOnlyList<string> Warnings);

/// <summary>
/// One policy in one role: <c>active</c>, <c>canary</c> or <c>shadow</c>. <paramref name="Agreement"/> is the share of
/// route choices equal to the acting policy's, expected success the mean estimate of the chosen channels. Observed
/// success counts attempts that the policy sent: none in shadow.
/// </summary>
public sealed record PolicyBody(
    string Policy, string Role, long Decisions, double? Agreement, double? ExpectedSuccess, long Attempts,
    double? ObservedSuccess);

/// <summary>The policies of a merchant's payments of one product; <c>*</c> stands for all products without a route.</summary>
public sealed record RouteBody(
    string Merchant, string Product, string Policy, IReadOnlyList<string> Shadow, string? Canary, double CanaryPercent,
    IReadOnlyList<string> Exclude, long? ExploreUpTo);
