using System.Security.Cryptography;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using RouterCluster.Api;
using RouterCluster.Domain.Gateways;
using RouterCluster.Node.Gateways.Codec;
using RouterCluster.Node.Gateways.Messages;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Gateways;

internal static class GatewayHosting
{
    private const int Shards = 64;

    private const string Decide = """
        For platforms that execute payments themselves. Takes and gives what the success-rate mode (`SR_BASED_ROUTING`) of the
        open decision engine of Juspay documents; the key goes into `Authorization` or `x-api-key`. Fields that are
        not listed are ignored.

        Fails open: where the scores are not looked at within `router.gateway-decisions.timeout` (50 ms), the answer is still 200,
        with the first of `eligibleGatewayList` and `routing_approach` `DEFAULT`. Callers do best to do the same when they get
        no answer.
        One node owns a merchant's scores; they begin anew when the owner stops or moves.
        """;

    private const string Learn = """
        `CHARGED` and `AUTHORIZED` count as success; `AUTHENTICATION_FAILED`, `AUTHORIZATION_FAILED`, `JUSPAY_DECLINED` and
        `FAILURE` as failure; a status such as `PENDING_VBV` says nothing. The same feedback again changes nothing; other
        feedback than before is the truth that came late, and takes its place. It may come at any time.
        """;

    public static IServiceCollection AddGateways(this IServiceCollection services) =>
        services.AddSingleton<IGatewayRankings, GatewayRankings>().AddSingleton<GatewayEndpoints>();

    /// <summary>One owner per merchant; it is woken, so that the first question need not wait for it.</summary>
    public static AkkaConfigurationBuilder WithGateways(this AkkaConfigurationBuilder akka, IServiceProvider services) => akka
        .AddHocon(GatewaySerializer.Hocon, HoconAddMode.Append)
        .WithOwnedRegion<IGatewayMessage>(
            services, "gateway-ranking", (_, _) => _ => OwnerOf(services),
            new HashedShards<IGatewayMessage>(Shards, message => message.Merchant.Value), PoisonPill.Instance)
        .WithActors((system, registry) => Cluster.Get(system).RegisterOnMemberUp(() =>
        {
            foreach (var merchant in services.GetRequiredService<IReadOnlyList<MerchantSettings>>())
            {
                registry.Get<IGatewayMessage>().Tell(new ShardRegion.StartEntity(merchant.Id.Value), ActorRefs.NoSender);
            }
        }));

    public static void MapGateways(this IEndpointRouteBuilder routes)
    {
        var decisions = routes.ServiceProvider.GetRequiredService<GatewayEndpoints>();
        var group = routes.MapGroup("").WithTags("Decisions").WithMetadata(new AudienceMark(Audience.Merchants));
        group.MapPost("/decide-gateway", (Delegate)decisions.DecideAsync)
            .WithName("decideGateway")
            .WithSummary("Choose a gateway for a payment that the caller executes")
            .WithDescription(Decide)
            .TakesJson(GatewayBodies.DecideGateway)
            .Gives<DecidedGatewayBody>(200, "The decision.")
            .Refuses([.. Problems.Merchants, "too_large"]);
        group.MapPost("/update-gateway-score", (Delegate)decisions.LearnAsync)
            .WithName("updateGatewayScore")
            .WithSummary("Say what became of such a payment")
            .WithDescription(Learn)
            .TakesJson(GatewayBodies.UpdateGatewayScore)
            .Gives<GatewayScoreBody>(200, "The feedback is taken.")
            .Refuses([.. Problems.Merchants, "too_large"]);
    }

    private static Props OwnerOf(IServiceProvider services) => GatewayRankingEntity.Props(
        new DecisionBook(services.GetRequiredService<GatewayRankingSettings>().Limits),
        services.GetRequiredService<RouterClock>(), RandomNumberGenerator.GetInt32(int.MaxValue));
}
