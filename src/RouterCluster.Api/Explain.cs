using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>The route choices of a payment's attempts.</summary>
public sealed record ExplainBody(string Payment, IReadOnlyList<ExplainedAttemptBody> Attempts);

/// <summary>
/// One route choice. <paramref name="Draw"/> is its random number, null for a policy that draws none. <paramref
/// name="MoreCandidates"/> and <paramref name="MoreExcluded"/> count channels that are not named.
/// </summary>
public sealed record ExplainedAttemptBody(
    int No,
    string Policy,
    string? Chosen,
    double? Draw,
    IReadOnlyList<CandidateBody> Candidates,
    IReadOnlyList<ExclusionBody> Excluded,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? MoreCandidates = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyList<ExclusionCountBody>? MoreExcluded = null);

/// <summary>A channel that could have been chosen; higher scores are better.</summary>
public sealed record CandidateBody(string Channel, double Score);

/// <summary>
/// A channel that was left out. <paramref name="Exclusion"/> is the number of the operators' exclusion for the reason
/// <c>excluded_by_operator</c>, <paramref name="Until"/> the end that was known then for the reason <c>maintenance</c>; both are
/// left out for every other one.
/// </summary>
public sealed record ExclusionBody(
    string Channel, string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Exclusion = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Until = null);

public sealed record ExclusionCountBody(string Reason, int Channels);
