using RouterCluster.Actors.Settings;
using RouterCluster.Domain.Channels;
using RouterCluster.Host.Replies;

namespace RouterCluster.Host.Access;

/// <summary>Lets operators in, by token and role. Every role may look; changes need a role that is for them.</summary>
internal sealed class OperatorDoor(RouterSettings settings)
{
    private readonly ClientAddress _addresses = new(settings.TrustedProxies);
    private readonly ChannelMode _mode = settings.Mode;
    private readonly Bearer<OperatorSettings> _tokens = new(
        settings.Operators.Select(person => KeyValuePair.Create(person.Token.Hex, person)));

    /// <param name="work">Answers, or says why not.</param>
    public async Task EnterAsync(HttpContext context, bool isChange, Func<OperatorSettings, Task<Refusal?>> work)
    {
        var person = _tokens.Find(context);
        var why = person is null || (person.IsDemo && !DemoRule.Permits(_mode, _addresses.Of(context))) ? Refusals.Unauthorized
            : isChange && !MayChange(person) ? Refusals.RoleNotAllowed
            : await work(person);
        if (why is not null)
        {
            await context.RefuseAsync(why);
        }
    }

    private static bool MayChange(OperatorSettings person) =>
        person.Roles.Contains(OperatorRole.Operator) || person.Roles.Contains(OperatorRole.Admin);
}
