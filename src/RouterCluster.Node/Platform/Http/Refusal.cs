using RouterCluster.Api;

namespace RouterCluster.Node.Platform.Http;

/// <param name="Code">Never changes: clients depend on it.</param>
internal sealed record Refusal(int Status, string Code, string Title, string? Detail = null)
{
    /// <summary>When asking again is worthwhile; null: never in this form.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public IReadOnlyList<FieldErrorBody>? Errors { get; init; }

    /// <summary>The connection ends with the answer, because the rest of it is not read.</summary>
    public bool Closes { get; init; }

    /// <summary>Whole seconds of at least 1: at 0 a client would ask again at once.</summary>
    public string? RetryAfterSeconds =>
        RetryAfter is { } wait ? ((long)Math.Max(1, Math.Ceiling(wait.TotalSeconds))).ToString() : null;

    /// <param name="requestId">Of the request that is refused.</param>
    public ProblemBody ToBody(string? requestId) => new(
        $"urn:routercluster:problem:{Code}", Title, Status, Detail, Code: Code, Errors: Errors, RequestId: requestId);
}
