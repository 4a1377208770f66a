namespace RouterCluster.Api;

/// <summary>
/// How policies do on the node that was asked, since it started, and where they are in force.
/// <paramref name="Warnings"/> name merchants whose payments have no second channel to go to.
/// </summary>
public sealed record PoliciesBody(
    IReadOnlyList<PolicyBody> Items, string? Next, IReadOnlyList<RouteBody> Routes, IReadOnlyList<string> Warnings);

/// <summary>
/// One policy in one role: <c>active</c>, <c>canary</c> or <c>shadow</c>. <paramref name="Agreement"/> is the share of
/// decisions for the channel that was really chosen, expected success the mean estimate of its channels. Observed
/// success counts attempts that it sent: none in shadow.
/// </summary>
public sealed record PolicyBody(
    string Policy, string Role, long Decisions, double? Agreement, double? ExpectedSuccess, long Attempts,
    double? ObservedSuccess);

/// <summary>Which policies a merchant's payments of one product have; <c>*</c> is all that have no route of their own.</summary>
public sealed record RouteBody(
    string Merchant, string Product, string Policy, IReadOnlyList<string> Shadow, string? Canary, double CanaryPercent,
    IReadOnlyList<string> Exclude, long? ExploreUpTo);
