using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>
/// A refusal in the form of RFC 9457; the code never changes, the errors name every wrong field, and the request's id is the
/// answer's <c>Request-Id</c>.
/// </summary>
public sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Instance = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FieldErrorBody>? Errors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RequestId = null);

/// <summary>The field is a path such as <c>account.number</c>.</summary>
public sealed record FieldErrorBody(string Field, string Message);
