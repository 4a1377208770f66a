using RouterCluster.Api;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Platform.Descriptions;

namespace RouterCluster.Node.Counters;

internal static class CounterHosting
{
    private const string Comparing = """
        Compares the counters of the last `minutes` with those of six times as long before, or of as long as Redis has them:
        channels, their codes, banks and merchants, largest deviation first. Only what chance hardly explains is listed.
        """;

    public static IServiceCollection AddCounters(this IServiceCollection services) => services
        .AddCommitSubscriber<LiveCounters>()
        .AddSingleton<EmbeddedRedis>().AddSingleton<RedisCounters>().AddSingleton<CounterWriter>()
        .AddSingleton<CounterGauges>().AddSingleton<CounterEndpoints>();

    public static void MapCounters(this IEndpointRouteBuilder operators)
    {
        operators.ServiceProvider.GetRequiredService<CounterGauges>();
        var counters = operators.ServiceProvider.GetRequiredService<CounterEndpoints>();
        operators.MapGet("/movers", (Delegate)counters.ListAsync)
            .WithSummary("What changed most in the last minutes").WithDescription(Comparing)
            .Takes("minutes", Parameters.WithDefault(
                Shapes.Whole(1, CounterEndpoints.MostMinutes, "How long the last minutes are."), CounterEndpoints.UsualMinutes))
            .Takes("limit", Parameters.WithDefault(
                Shapes.Whole(1, Platform.Http.Paging.LongestPage, "How many are shown."), CounterEndpoints.UsualItems))
            .Gives<MoversBody>(200, "The movers.")
            .Refuses(Problems.Lookups);
    }
}
