using RouterCluster.Node.Audit;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Descriptions;
using RouterCluster.Node.Gateways;
using RouterCluster.Node.Health;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Notices;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node;

/// <summary>What a node is made of, feature by feature.</summary>
internal static class NodeComposition
{
    public static IServiceCollection AddNode(this IServiceCollection services, RouterSettings settings)
    {
        services.AddSettings(settings);
        services.AddSingleton<Readiness>().AddHealthChecks().AddCheck<Readiness>("traffic");
        services
            .AddHttp()
            .AddTelemetry()
            .AddMerchants(settings.Book.DuplicatesWithin)
            .AddPayments()
            .AddChannels()
            .AddRouter()
            .AddNotices()
            .AddGateways()
            .AddCases()
            .AddWebhooks()
            .AddAudit()
            .AddHealth()
            .AddApiDescription();
        return services;
    }

    /// <summary>From bytes on a socket to the endpoints, and back.</summary>
    public static void MapNode(this WebApplication app)
    {
        app.UseMiddleware<AnswerFrame>();
        app.UseDocsPage();
        app.UseRouting();
        app.UseMiddleware<ListenerFilter>();
        app.MapPayments();
        app.MapNotices();
        app.MapGateways();
        var operators = app.MapGroup("/admin/v1").WithTags("Operators").WithMetadata(new AudienceMark(Audience.Operators));
        operators.MapChannels();
        operators.MapPaymentLookup();
        operators.MapRouter();
        operators.MapCases();
        operators.MapCluster();
        operators.MapStrayNotices();
        operators.MapAudit();
        operators.MapWebhooks();
        app.MapHealth();
    }

    /// <summary>Each feature asks for its own.</summary>
    private static void AddSettings(this IServiceCollection services, RouterSettings settings) => services
        .AddSingleton(settings.Node)
        .AddSingleton(settings.Http)
        .AddSingleton(settings.Book)
        .AddSingleton(settings.Routing)
        .AddSingleton(settings.Trace)
        .AddSingleton(settings.Decisions)
        .AddSingleton(settings.Notifications)
        .AddSingleton(settings.GatewayDecisions)
        .AddSingleton<IReadOnlyList<PolicySettings>>(settings.Policies)
        .AddSingleton<IReadOnlyList<OperatorSettings>>(settings.Operators)
        .AddSingleton<IReadOnlyList<MerchantSettings>>(settings.Merchants)
        .AddSingleton<IReadOnlyList<ChannelSettings>>(settings.Channels);
}
