using System.Data.Common;
using RouterCluster.Api;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// Refusals that any endpoint may give. To a merchant any status but 409 means that this request stored nothing and that
/// nothing will be sent for it. Only a book that has looked for the number can say that nothing is stored under it; an
/// earlier refusal says that it has not looked.
/// </summary>
internal static class Refusals
{
    private const int TooLargeStatus = StatusCodes.Status413PayloadTooLarge;

    public static readonly Refusal Unauthorized = new(401, "unauthorized", "The key is missing or not known");

    public static readonly Refusal TooSlow = new(408, "too_slow", "The body did not come in time") { Closes = true };

    public static readonly Refusal AddressNotAllowed =
        new(403, "address_not_allowed", "Requests from this address are not allowed");

    public static readonly Refusal RoleNotAllowed = new(403, "forbidden", "The operator's roles do not permit this");

    public static readonly Refusal CrossSite = new(
        403, "cross_site", "A session counts for requests of the console's own page only",
        "Send the operator's token as Authorization: Bearer instead.");

    public static readonly Refusal NotFound = new(404, "not_found", "There is no such thing here");

    public static readonly Refusal MethodNotAllowed = new(405, "method_not_allowed", "This method is not known here");

    public static readonly Refusal Broken = new(500, "internal", "The router made a mistake");

    /// <summary>A merchant who repeats a request after a 409 must not read a refusal as "the number is free".</summary>
    private const string NotLookedAt =
        "The request was not looked at: what an earlier one with the same number stored is stored still.";

    public static readonly Refusal Overloaded = new(503, "overloaded", "The router is full", NotLookedAt)
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static readonly Refusal ShuttingDown = new(503, "shutting_down", "This node is stopping", NotLookedAt)
    {
        RetryAfter = TimeSpan.FromSeconds(5), Closes = true,
    };

    public static readonly Refusal Unavailable = new(
        503, "unavailable", "It cannot be looked up at the moment", "This says nothing of whether it exists.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static readonly Refusal StorageAway = new(
        503, "unavailable", "The storage cannot be reached", "A change may have been made: look before you ask again.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static Refusal Invalid(IReadOnlyList<FieldErrorBody> errors) =>
        new(400, "invalid", "The request is not valid") { Errors = errors };

    public static Refusal Invalid(string field, string message) => Invalid([new FieldErrorBody(field, message)]);

    /// <summary>The rest of the connection cannot be told from the body, so it is not read.</summary>
    public static Refusal Framing(string header, string message) => Invalid(header, message) with { Closes = true };

    /// <summary>Names similar things to operators, whose unknown name is most often a mistyped one.</summary>
    public static Refusal NoSuch(string kind, string name, IEnumerable<string>? known = null) =>
        NotFound with { Detail = MissingText.Of(kind, name, known) };

    /// <summary>Adds the missing thing's name to a refusal that says only "not found".</summary>
    public static Refusal Naming(this Refusal refusal, string kind, string name, IEnumerable<string>? known = null) =>
        refusal == NotFound ? NoSuch(kind, name, known) : refusal;

    public static Refusal TooLarge(int limit) =>
        new(TooLargeStatus, "too_large", "The body is too large", $"At most {limit} bytes are read.") { Closes = true };

    /// <summary>For errors that the web server found before an endpoint ran.</summary>
    public static Refusal Malformed(int status) => status == TooLargeStatus
        ? TooLarge(JsonBody.Limit)
        : new Refusal(status, "invalid", "The request is not valid HTTP") { Closes = true };

    /// <summary>For a status that the framework gave without a body, such as an unknown method.</summary>
    public static Refusal OfStatus(int status) => status switch
    {
        404 => NotFound,
        405 => MethodNotAllowed,
        _ => new Refusal(status, status < 500 ? "invalid" : "internal", "The request was refused"),
    };

    public static Refusal TooManyWrongTokens(TimeSpan retryAfter) => new(
        429, "too_many_wrong_tokens", "Too many wrong tokens came from this address", "No token was looked at.")
    {
        RetryAfter = retryAfter,
    };

    public static Refusal OfStorage(DbException failure) => IsOfTheValue(failure)
        ? Invalid("request", "holds a value that cannot be stored")
        : StorageAway;

    /// <summary>SQL's class 22, "data exception": the same value would always be refused.</summary>
    public static bool IsOfTheValue(DbException failure) =>
        failure.SqlState?.StartsWith("22", StringComparison.Ordinal) == true;
}
