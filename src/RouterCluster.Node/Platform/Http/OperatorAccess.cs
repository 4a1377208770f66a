using System.Data.Common;
using System.Net;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// Admits operators by token, or by the session that a token was changed into, and by role. Every role may read; changes need
/// their own role, or admin.
/// </summary>
internal sealed class OperatorAccess(
    NodeSettings settings, IReadOnlyList<OperatorSettings> operators, TokenGuard guard, OperatorSessions sessions,
    SameOrigin origin)
{
    private const string Api = "operators";

    private readonly ClientAddress _addresses = new(settings.TrustedProxies);
    private readonly ChannelMode _mode = settings.Mode;
    private readonly Bearer<OperatorSettings> _tokens = new(
        operators.Select(person => KeyValuePair.Create(person.Token.Hex, person)));

    public Task EnterAsync(HttpContext context, bool isChange, Func<OperatorSettings, Task<Refusal?>> work) =>
        EnterAsync(context, isChange ? OperatorRole.Operator : OperatorRole.Viewer, work);

    /// <param name="work">Answers the request, or returns a refusal.</param>
    public async Task EnterAsync(HttpContext context, OperatorRole needed, Func<OperatorSettings, Task<Refusal?>> work)
    {
        var why = Opens(context, out var person)
            ?? (Has(person!, needed) ? WhyNotTried(context, needed) : Refusals.RoleNotAllowed)
            ?? await WorkAsync(context, person!, work);
        if (why is not null)
        {
            await context.RefuseAsync(why);
        }
    }

    /// <summary>Null when the token is an operator's, who may be signed in with it.</summary>
    public Refusal? Recognises(HttpContext context, string token, out OperatorSettings? person) =>
        Checked(context, _tokens.Find(token), out person);

    /// <summary>The person of the request's session; null when there is none that counts.</summary>
    public OperatorSettings? SignedIn(HttpContext context) => SignedIn(context, isUse: !IsByItself(context));

    /// <summary>For answers that last: whoever was admitted with the request would be admitted now.</summary>
    public bool IsStillIn(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0 || SignedIn(context, isUse: false) is not null;

    /// <summary>Null when the request names an operator.</summary>
    private Refusal? Opens(HttpContext context, out OperatorSettings? person)
    {
        var named = _tokens.Find(context, out var isTry);
        if (isTry)
        {
            return Checked(context, named, out person);
        }

        person = null;
        if (SessionCookie.Of(context) is null)
        {
            return Refusals.Unauthorized;
        }

        if (origin.WhyRefused(context.Request) is { } why)
        {
            return why;
        }

        person = SignedIn(context);
        return person is null ? Refusals.Unauthorized : null;
    }

    private Refusal? Checked(HttpContext context, OperatorSettings? named, out OperatorSettings? person)
    {
        var address = _addresses.Of(context);
        person = Permitted(named, address);
        return guard.Check(address, person, Api);
    }

    private OperatorSettings? SignedIn(HttpContext context, bool isUse)
    {
        if (SessionCookie.Of(context) is not { } ticket || sessions.TokenOf(ticket, isUse, out var renewed) is not { } token)
        {
            return null;
        }

        var person = Permitted(_tokens.OfHash(token), _addresses.Of(context));
        if (person is not null && renewed is not null)
        {
            SessionCookie.Set(context, renewed);
        }

        return person;
    }

    private OperatorSettings? Permitted(OperatorSettings? person, IPAddress? address) =>
        person is { IsDemo: true } && !DemoRule.Permits(_mode, address) ? null : person;

    /// <summary>A page that is merely open asks by itself, which must not keep its session alive.</summary>
    private static bool IsByItself(HttpContext context) =>
        context.Request.Headers[SameOrigin.Header] == SameOrigin.ByItself
        || context.GetEndpoint()?.Metadata.GetMetadata<StreamMark>() is not null;

    private static async Task<Refusal?> WorkAsync(
        HttpContext context, OperatorSettings person, Func<OperatorSettings, Task<Refusal?>> work)
    {
        try
        {
            return await work(person);
        }
        catch (DbException failure) when (!context.Response.HasStarted)
        {
            return Refusals.OfStorage(failure);
        }
    }

    /// <summary>Whoever asks for a dry run must never get the change itself.</summary>
    private static Refusal? WhyNotTried(HttpContext context, OperatorRole needed) =>
        needed != OperatorRole.Viewer && context.Request.Query.ContainsKey(DryRunMark.Parameter)
            && context.GetEndpoint()?.Metadata.GetMetadata<DryRunMark>() is null
                ? Refusals.Invalid(DryRunMark.Parameter, "is not for this change: it cannot be tried without being made")
                : null;

    private static bool Has(OperatorSettings person, OperatorRole needed) => needed == OperatorRole.Viewer
        || person.Roles.Contains(needed) || person.Roles.Contains(OperatorRole.Admin);
}

/// <summary>The endpoint answers without end, and asking for it is nothing that a person did.</summary>
internal sealed record StreamMark;

/// <summary>The endpoint says what its change would do, and does nothing, where the query asks for a dry run.</summary>
internal sealed record DryRunMark
{
    public const string Parameter = "dry_run";
}
