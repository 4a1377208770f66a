using System.Data.Common;
using RouterCluster.Actors.Settings;
using RouterCluster.Domain.Channels;
using RouterCluster.Host.Replies;

namespace RouterCluster.Host.Access;

/// <summary>Lets operators in, by token and role. Every role may look; the rest needs its own role, or admin.</summary>
internal sealed class OperatorDoor(RouterSettings settings)
{
    private readonly ClientAddress _addresses = new(settings.TrustedProxies);
    private readonly ChannelMode _mode = settings.Mode;
    private readonly Bearer<OperatorSettings> _tokens = new(
        settings.Operators.Select(person => KeyValuePair.Create(person.Token.Hex, person)));

    public Task EnterAsync(HttpContext context, bool isChange, Func<OperatorSettings, Task<Refusal?>> work) =>
        EnterAsync(context, isChange ? OperatorRole.Operator : OperatorRole.Viewer, work);

    /// <param name="work">Answers, or says why not.</param>
    public async Task EnterAsync(HttpContext context, OperatorRole needed, Func<OperatorSettings, Task<Refusal?>> work)
    {
        var person = _tokens.Find(context);
        var why = person is null || (person.IsDemo && !DemoRule.Permits(_mode, _addresses.Of(context))) ? Refusals.Unauthorized
            : !Has(person, needed) ? Refusals.RoleNotAllowed
            : await WorkAsync(context, person, work);
        if (why is not null)
        {
            await context.RefuseAsync(why);
        }
    }

    private static async Task<Refusal?> WorkAsync(
        HttpContext context, OperatorSettings person, Func<OperatorSettings, Task<Refusal?>> work)
    {
        try
        {
            return await work(person);
        }
        catch (DbException) when (!context.Response.HasStarted)
        {
            return Refusals.StorageAway;
        }
    }

    private static bool Has(OperatorSettings person, OperatorRole needed) => needed == OperatorRole.Viewer
        || person.Roles.Contains(needed) || person.Roles.Contains(OperatorRole.Admin);
}
