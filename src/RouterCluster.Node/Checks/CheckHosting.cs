using RouterCluster.Api;
using RouterCluster.Node.Platform.Descriptions;

namespace RouterCluster.Node.Checks;

internal static class CheckHosting
{
    private const string Checking = """
        200 whatever they find; `status` is `failed` when any of them has failed, and each has one line that says why.
        `storage`: the database answers and the books' commits are stored. `clock`: it agrees with the database's. `members`:
        every node of the cluster is up, ready and not draining. `leases`: every node's row in the database is renewed.
        `owners`: every channel has an owner that sends. `channels`: none that is in service has an open breaker or is down.
        `coverage`: each merchant's product has two or more usable channels in each currency; a product that no channel takes
        is left out. `certificates`: those between nodes last for `router.checks.certificates-last`; those of channels and of
        proxies are not looked at. `counters`: Redis takes them. Storage, clock, certificates and counters are those of the
        node that answers, the rest is the whole cluster's.
        """;

    public static IServiceCollection AddChecks(this IServiceCollection services) => services
        .AddSingleton<CheckedConfiguration>().AddSingleton<ICheckFigures, NodeCheckFigures>().AddSingleton<CheckEndpoints>();

    public static void MapChecks(this IEndpointRouteBuilder operators)
    {
        var checks = operators.ServiceProvider.GetRequiredService<CheckEndpoints>();
        operators.MapGet("/checks", (Delegate)checks.ListAsync)
            .WithSummary("Checks of this node and its cluster").WithDescription(Checking)
            .Takes("name", Shapes.Words(CheckEndpoints.Names, "Only this check; all of them if absent."))
            .Gives<ChecksBody>(200, "What they found.").Refuses(Problems.Viewers);
    }
}
