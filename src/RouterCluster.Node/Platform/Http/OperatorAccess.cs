using System.Data.Common;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Http;

/// <summary>Admits operators by token and role. Every role may read; changes need their own role, or admin.</summary>
internal sealed class OperatorAccess(NodeSettings settings, IReadOnlyList<OperatorSettings> operators, TokenGuard guard)
{
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
            ?? (Has(person!, needed) ? await WorkAsync(context, person!, work) : Refusals.RoleNotAllowed);
        if (why is not null)
        {
            await context.RefuseAsync(why);
        }
    }

    /// <summary>Null when the token names an operator.</summary>
    private Refusal? Opens(HttpContext context, out OperatorSettings? person)
    {
        person = _tokens.Find(context, out var isTry);
        if (!isTry)
        {
            return Refusals.Unauthorized;
        }

        var address = _addresses.Of(context);
        person = person is { IsDemo: true } && !DemoRule.Permits(_mode, address) ? null : person;
        return guard.Check(address, person, "operators");
    }

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

    private static bool Has(OperatorSettings person, OperatorRole needed) => needed == OperatorRole.Viewer
        || person.Roles.Contains(needed) || person.Roles.Contains(OperatorRole.Admin);
}
