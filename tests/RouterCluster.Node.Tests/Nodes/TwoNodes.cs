using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Cluster.Codec;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>Two nodes of one cluster, with real sharding, and only the actors that a test starts.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<IHost> _hosts = [];

    public IServiceProvider First => _hosts[0].Services;

    public IServiceProvider Second => _hosts[1].Services;

    public static async Task<TwoNodes> StartAsync(
        Action<IServiceCollection> services, Action<AkkaConfigurationBuilder, IServiceProvider> actors)
    {
        var nodes = new TwoNodes();
        var seed = FreePort.Next();
        foreach (var port in new[] { seed, FreePort.Next() })
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Logging.ClearProviders();
            services(builder.Services);
            builder.Services.AddSingleton<DrainingNodes>().AddSingleton<Readiness>();
            builder.Services.AddSingleton(RouterCluster.Node.Platform.Cluster.ClusterSettings.Alone);
            builder.Services.AddAkka("router", (akka, provider) =>
            {
                akka.AddHocon(Hocon(port, seed), HoconAddMode.Prepend);
                akka.AddHocon(NodeMessageSerializer.Hocon, HoconAddMode.Append);
                actors(akka, provider);
                akka.WithActors((system, _) => system.ActorOf(
                    DrainActor.Props(provider.GetRequiredService<DrainingNodes>(), provider.GetRequiredService<Readiness>()),
                    DrainActor.Name));
            });
            nodes._hosts.Add(builder.Build());
            await nodes._hosts[^1].StartAsync();
        }

        using var limit = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (nodes._hosts.Any(host => !AreBothUp(host)))
        {
            await pause.WaitForNextTickAsync(limit.Token);
        }

        return nodes;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.Services.GetRequiredService<ActorSystem>().Terminate();
            host.Dispose();
        }
    }

    private static bool AreBothUp(IHost host) => Cluster.Get(host.Services.GetRequiredService<ActorSystem>())
        .State.Members.Count(node => node.Status == MemberStatus.Up) == 2;

    private static string Hocon(int port, int seed) => $$"""
        akka {
          loglevel = ERROR
          actor.provider = cluster
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = {{port}} }
          cluster {
            roles = [{{ClusterRoles.Ingress}}, {{ClusterRoles.Channels}}]
            seed-nodes = ["akka.tcp://router@127.0.0.1:{{seed}}"], min-nr-of-members = 2
            sharding {
              state-store-mode = ddata, remember-entities = off, distributed-data.durable.keys = []
              rebalance-interval = 200ms
            }
          }
        }
        """;
}
