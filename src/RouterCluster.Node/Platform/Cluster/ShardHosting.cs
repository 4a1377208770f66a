using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.DistributedData;
using Akka.Hosting;
using AkkaCluster = Akka.Cluster.Cluster;

namespace RouterCluster.Node.Platform.Cluster;

internal static class ShardHosting
{
    /// <summary>
    /// Starts a region whose shards leave draining nodes, and registers it under its messages' type. Akka.Hosting's own method
    /// takes no allocation strategy.
    /// </summary>
    /// <param name="stop">Tells an entity to end because its shard moves.</param>
    public static AkkaConfigurationBuilder WithShards<TMessage>(
        this AkkaConfigurationBuilder akka, DrainingNodes draining, string name,
        Func<ActorSystem, IActorRegistry, Func<string, Props>> entities, IMessageExtractor shards, object stop) => akka
        .AddHocon(ClusterSharding.DefaultConfig().WithFallback(DistributedData.DefaultConfig()), HoconAddMode.Append)
        .WithActors(async (system, registry) =>
        {
            var sharding = ClusterSharding.Get(system);
            var settings = ClusterShardingSettings.Create(system);
            var self = AkkaCluster.Get(system).SelfAddress;
            var strategy = new AwayFromDraining(
                sharding.DefaultShardAllocationStrategy(settings),
                region => draining.Contains(region.Path.Address.HasLocalScope ? self : region.Path.Address));
            registry.Register<TMessage>(
                await sharding.StartAsync(name, entities(system, registry), settings, shards, strategy, stop));
        });
}
