using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.DistributedData;
using Akka.Hosting;
using AkkaCluster = Akka.Cluster.Cluster;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>
/// What a node does in its cluster. Only nodes with the role <see cref="Channels"/> own books, channels and what there is once;
/// the others know the way to them, so that there can be many that take requests while few share the budgets.
/// </summary>
public static class ClusterRoles
{
    public const string Ingress = "ingress";
    public const string Channels = "channels";

    /// <summary>
    /// Entities on the nodes with the role, and the way to them on the others, registered under their messages' type. Shards
    /// leave draining nodes: Akka.Hosting's own method takes no allocation strategy.
    /// </summary>
    /// <param name="stop">Tells an entity to end because its shard moves.</param>
    internal static AkkaConfigurationBuilder WithOwnedRegion<TMessage>(
        this AkkaConfigurationBuilder akka, IServiceProvider services, string name,
        Func<ActorSystem, IActorRegistry, Func<string, Props>> entities, IMessageExtractor shards, object stop)
    {
        if (!OwnsChannels(services))
        {
            return akka.WithShardRegionProxy<TMessage>(name, Channels, shards);
        }

        var draining = services.GetRequiredService<DrainingNodes>();
        return akka
            .AddHocon(ClusterSharding.DefaultConfig().WithFallback(DistributedData.DefaultConfig()), HoconAddMode.Append)
            .WithActors(async (system, registry) =>
            {
                var sharding = ClusterSharding.Get(system);
                var settings = ClusterShardingSettings.Create(system).WithRole(Channels);
                var self = AkkaCluster.Get(system).SelfAddress;
                var strategy = new AwayFromDraining(
                    sharding.DefaultShardAllocationStrategy(settings),
                    region => draining.Contains(region.Path.Address.HasLocalScope ? self : region.Path.Address));
                registry.Register<TMessage>(
                    await sharding.StartAsync(name, entities(system, registry), settings, shards, strategy, stop));
            });
    }

    /// <summary>One actor on the oldest node with the role, and the way to it on every node.</summary>
    internal static AkkaConfigurationBuilder WithOwnedSingleton<TKey>(
        this AkkaConfigurationBuilder akka, IServiceProvider services, string name, Func<IActorRegistry, Props> props)
    {
        var options = new ClusterSingletonOptions { Role = Channels };
        return OwnsChannels(services)
            ? akka.WithSingleton<TKey>(name, (_, registry, _) => props(registry), options)
            : akka.WithSingletonProxy<TKey>(name, options);
    }

    private static bool OwnsChannels(IServiceProvider services) => services.GetRequiredService<ClusterSettings>().OwnsChannels;
}
