using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>Why each attempt of a payment went where it went.</summary>
public sealed record ExplainBody(string Payment, IReadOnlyList<ExplainedAttemptBody> Attempts);

/// <summary>
/// One decision. <paramref name="Draw"/> is the random number it used, null for a policy that draws none. Where there were
/// more channels than are named, the rest is counted in <paramref name="MoreCandidates"/> and <paramref name="MoreExcluded"/>.
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

/// <summary>A channel that could not be chosen, and why.</summary>
public sealed record ExclusionBody(string Channel, string Reason);

/// <summary>How many channels could not be chosen for one reason.</summary>
public sealed record ExclusionCountBody(string Reason, int Channels);
