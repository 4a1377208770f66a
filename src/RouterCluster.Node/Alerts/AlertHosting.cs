using Akka.Hosting;
using Microsoft.OpenApi;
using RouterCluster.Api;
using RouterCluster.Node.Alerts.Codec;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Alerts;

internal static class AlertHosting
{
    private const string Listing = """
        Newest first; without `state`, all that are not resolved. `caused_by` is the id of the alert that explains another one:
        look at it first. Resolved alerts are kept for `router.alerts.keep-resolved`.
        """;

    private const string Muting = """
        Until then it is shown and not sent: Alertmanager takes it for resolved, robots hear nothing of its end. `for` is a
        duration such as `30m`.
        """;

    public static IServiceCollection AddAlerts(this IServiceCollection services) => services
        .AddCommitSubscriber<AttemptTally>()
        .AddSingleton<AlertStandings>()
        .AddSingleton<IAlerts, StoredAlertList>()
        .AddSingleton<AlertEndpoints>();

    /// <summary>One node evaluates; every node sends it figures.</summary>
    public static AkkaConfigurationBuilder WithAlerts(this AkkaConfigurationBuilder akka, IServiceProvider services) => akka
        .AddHocon(AlertSerializer.Hocon, HoconAddMode.Append)
        .WithOwnedSingleton<AlertActor>(
            services, "alerts", _ => AlertActor.Props(ContextOf(services)))
        .WithActors((system, registry) => system.ActorOf(
            NodeFiguresActor.Props(registry.Get<AlertActor>(), FiguresOf(services)), "node-figures"));

    public static void MapAlerts(this IEndpointRouteBuilder operators)
    {
        operators.ServiceProvider.GetRequiredService<AlertStandings>();
        var alerts = operators.ServiceProvider.GetRequiredService<AlertEndpoints>();
        operators.MapGet("/alerts", (Delegate)alerts.ListAsync)
            .WithSummary("Alerts, the newest first").WithDescription(Listing)
            .Gives<ListBody<AlertBody>>(200, "One page.")
            .Takes("state", Shapes.Words(AlertEndpoints.States))
            .TakesPages()
            .Refuses(Problems.Lookups);
        operators.MapPost("/alerts/{id}/mute", (Delegate)alerts.MuteAsync)
            .WithSummary("Mute an active alert for a time (role operator)").WithDescription(Muting)
            .Takes("id", Id(), _ => Example)
            .TakesJson(Mute)
            .Gives<AlertBody>(200, "The alert.").Refuses(Problems.AlertChanges);
        operators.MapPost("/alerts/{id}/unmute", (Delegate)alerts.UnmuteAsync)
            .WithSummary("Take a mute back (role operator)")
            .Takes("id", Id(), _ => Example)
            .Gives<AlertBody>(200, "The alert.").Refuses(Problems.AlertChanges);
    }

    private const string Example = "alert_19b0000000000000000000000000";

    private static RequestBody Mute => new(
        "MuteRequest",
        Shapes.Object(
            "For how long, and why.", ["for", "reason"], new Dictionary<string, IOpenApiSchema>
            {
                ["for"] = Shapes.Text(AlertEndpoints.For, "A duration, with s, m, h or d."),
                ["reason"] = Shapes.Text(ProposalReader.Reason, "Kept in the audit trail."),
            }),
        RequestBody.Parse("""{ "for": "30m", "reason": "the company works on it, ticket 4711" }"""));

    private static OpenApiSchema Id() => new() { Type = JsonSchemaType.String };

    private static AlertContext ContextOf(IServiceProvider services)
    {
        var node = services.GetRequiredService<NodeSettings>();
        var policies = services.GetRequiredService<IReadOnlyList<PolicySettings>>();
        var channels = services.GetRequiredService<ListInForce<ChannelSettings>>();
        var lines = services.GetRequiredService<ListInForce<MerchantSettings>>().Derive(
            merchants => channels.Derive(all => RouteChoices.Lines(policies, merchants, all).ToArray()));
        return new AlertContext(
            services.GetRequiredService<AlertSettings>(), node.Environment, node.DayOffset,
            () => lines.Value.Value,
            services.GetRequiredService<IChannels>(), services.GetRequiredService<OpenCases>(),
            services.GetRequiredService<SucceededVolumes>(), services.GetRequiredService<AlertStore>(),
            services.GetRequiredService<UsualVolumeStore>(),
            services.GetRequiredService<AlertStandings>(), services.GetRequiredService<Troubles>(),
            services.GetRequiredService<RouterClock>());
    }

    private static NodeFiguresContext FiguresOf(IServiceProvider services) => new(
        services.GetRequiredService<IReadOnlyList<ChannelSettings>>(),
        services.GetRequiredService<NodeSettings>().Books,
        services.GetRequiredService<AttemptTally>(), services.GetRequiredService<ChannelReports>(),
        services.GetRequiredService<RouterMetrics>().Commits, services.GetRequiredService<Troubles>(),
        services.GetRequiredService<IWebhooks>(), services.GetRequiredService<ChannelSilences>(),
        [.. services.GetService<NodeCertificates>()?.Validity ?? []],
        services.GetRequiredService<ForeignAddresses>(), services.GetRequiredService<RouterClock>());
}
