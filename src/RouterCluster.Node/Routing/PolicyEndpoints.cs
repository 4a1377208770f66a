using RouterCluster.Api;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Routing;

internal sealed class PolicyEndpoints(
    RoutingSettings settings, IReadOnlyList<PolicySettings> policies, IReadOnlyList<MerchantSettings> merchants,
    IReadOnlyList<ChannelSettings> channels, OperatorAccess access, PolicyFigures figures)
{
    public Task ListAsync(HttpContext context) => access.EnterAsync(context, isChange: false, async _ =>
    {
        var body = new PoliciesBody(Policies(figures), Next: null, [.. Routes()], [.. Warnings()]);
        await context.JsonAsync(200, body, ApiJson.Default.PoliciesBody);
        return null;
    });

    public static string NameOf(PolicyRole role) => role switch
    {
        PolicyRole.Active => "active",
        PolicyRole.Canary => "canary",
        PolicyRole.Shadow => "shadow",
    };

    private static PolicyBody[] Policies(PolicyFigures figures) =>
    [
        .. figures.Standings.Select(standing =>
        {
            var observed = standing.Role == PolicyRole.Shadow ? default : figures.Observed(standing.Policy);
            return new PolicyBody(
                standing.Policy,
                NameOf(standing.Role),
                standing.Decisions,
                standing.Decisions == 0 ? null : standing.Agreed / (double)standing.Decisions,
                standing.ExpectedSuccess,
                observed.Attempts,
                observed.Success);
        }),
    ];

    private IEnumerable<RouteBody> Routes() =>
        from merchant in merchants
        from route in merchant.Routing
        select new RouteBody(
            merchant.Id.Value, route.Name, route.Policy ?? settings.Policy, route.Shadow, route.Canary,
            route.Canary is null ? 0 : route.CanaryPercent, [.. route.Exclude.Select(channel => channel.Value)],
            route.ExploreUpTo);

    private IEnumerable<string> Warnings() =>
        RouteChoices.Of(policies, merchants, channels).Where(choice => choice.Left < 2).Select(choice =>
            $"{choice.Merchant}: {choice.Left} channel(s) left for {choice.Product.Name()}; re-routing needs two");
}
