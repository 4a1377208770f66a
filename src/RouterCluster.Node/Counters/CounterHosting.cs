using RouterCluster.Node.Commits;

namespace RouterCluster.Node.Counters;

internal static class CounterHosting
{
    public static IServiceCollection AddCounters(this IServiceCollection services) => services
        .AddCommitSubscriber<LiveCounters>()
        .AddSingleton<EmbeddedRedis>().AddSingleton<RedisCounters>().AddSingleton<CounterWriter>()
        .AddSingleton<CounterGauges>();

    /// <summary>There are no routes; metrics begin when the node is mapped.</summary>
    public static void MapCounters(this IEndpointRouteBuilder routes) =>
        routes.ServiceProvider.GetRequiredService<CounterGauges>();
}
