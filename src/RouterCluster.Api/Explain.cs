namespace RouterCluster.Api;

/// <summary>Why each attempt of a payment went where it went.</summary>
public sealed record ExplainBody(string Payment, IReadOnlyList<ExplainedAttemptBody> Attempts);

/// <summary>One decision. <paramref name="Draw"/> is the random number it used, null for a policy that draws none.</summary>
public sealed record ExplainedAttemptBody(
    int No,
    string Policy,
    string? Chosen,
    double? Draw,
    IReadOnlyList<CandidateBody> Candidates,
    IReadOnlyList<ExclusionBody> Excluded);

/// <summary>A channel that could have been chosen; higher scores are better.</summary>
public sealed record CandidateBody(string Channel, double Score);

/// <summary>A channel that could not be chosen, and why.</summary>
public sealed record ExclusionBody(string Channel, string Reason);
