using RouterCluster.Api;

namespace RouterCluster.Node.Platform.Http;

/// <summary>Why a request is not done. <see cref="Refusals"/> names them all.</summary>
/// <param name="Code">Stable: clients are written against it.</param>
internal sealed record Refusal(int Status, string Code, string Title, string? Detail = null)
{
    /// <summary>When it is worth asking again; null: never in this form.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public IReadOnlyList<FieldErrorBody>? Errors { get; init; }

    /// <summary>The connection ends with the answer, because what follows on it is not read.</summary>
    public bool Closes { get; init; }

    /// <summary>The header's whole seconds, never 0: a client would ask again at once.</summary>
    public string? RetryAfterSeconds =>
        RetryAfter is { } wait ? ((long)Math.Max(1, Math.Ceiling(wait.TotalSeconds))).ToString() : null;

    public ProblemBody ToBody() => new($"urn:routercluster:problem:{Code}", Title, Status, Detail, Code: Code, Errors: Errors);
}
