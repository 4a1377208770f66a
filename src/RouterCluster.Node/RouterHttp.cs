using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenTelemetry.Metrics;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Descriptions;
using RouterCluster.Node.Gateways;
using RouterCluster.Node.Health;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Notices;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node;

/// <summary>The node's HTTP side as one piece: from bytes on a socket to the ports, and back.</summary>
public static class RouterHttp
{
    /// <summary>
    /// Needs beside it: <c>IPayments</c>, <c>IBulkDecisions</c>, <c>IChannels</c>, <c>INotifications</c>, <c>IDecisions</c>,
    /// <c>IAccountVault</c>, <c>IStrayNotices</c>, a protocol for each channel, <c>RouterMetrics</c>, <c>TimeProvider</c>,
    /// <see cref="IClusterView"/>, <see cref="ICaseList"/>, <see cref="IAuditLog"/>, <see cref="IPaymentHistory"/>, and any
    /// number of health checks.
    /// </summary>
    public static IServiceCollection AddRouterHttp(this IServiceCollection services, RouterSettings settings)
    {
        services.AddSettings(settings);
        services.AddSingleton<Readiness>().AddHealthChecks().AddCheck<Readiness>("traffic");
        services.AddSingleton<LimitBoard>();
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<DuplicateWatch>(provider, settings.Book.DuplicatesWithin));
        services.AddSingleton<TokenGuard>();
        services.AddSingleton<MerchantDoor>();
        services.AddSingleton<OperatorDoor>();
        services.AddSingleton<Listeners>();
        services.AddSingleton<PaymentNumbers>();
        services.AddSingleton<PaymentAcceptance>();
        services.AddSingleton<PaymentEndpoints>();
        services.AddSingleton<NoticeEndpoint>();
        services.AddSingleton<ChannelEndpoints>();
        services.AddSingleton<PaymentLookup>();
        services.AddSingleton<PolicyEndpoints>();
        services.AddSingleton<TraceEndpoints>();
        services.AddSingleton<DecisionEndpoints>();
        services.AddSingleton<ClusterEndpoints>();
        services.AddSingleton<AuditEndpoints>();
        services.AddSingleton<StrayNoticeEndpoints>();
        services.AddSingleton<CaseEndpoints>();
        services.AddSingleton<BulkEndpoints>();
        services.AddSingleton<NotificationEndpoints>();
        services.AddSingleton<NotificationGauges>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<ChannelGauges>();
        services.AddSingleton<PolicyBoard>();
        services.AddSingleton<PolicyGauges>();
        services.AddSingleton<OpenCases>();
        services.AddSingleton<NodeGauges>();
        services.AddSingleton<ProcessGauges>();
        services.AddSingleton<StatusPage>();
        services.AddApiDescription();
        StrictHttp.Prepare();
        services.Configure<KestrelServerOptions>(StrictHttp.Apply);

        // Several lines for every request would cost more than the request. A probe's answer says what is wrong.
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(RouterMetrics.MeterName)
            .AddPrometheusExporter(exporter =>
            {
                exporter.ScopeInfoEnabled = false;
                exporter.TargetInfoEnabled = false;
            }));
        return services;
    }

    /// <summary>Each feature asks for its own.</summary>
    private static void AddSettings(this IServiceCollection services, RouterSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.Node);
        services.AddSingleton(settings.Http);
        services.AddSingleton(settings.Book);
        services.AddSingleton(settings.Routing);
        services.AddSingleton(settings.Trace);
        services.AddSingleton(settings.Decisions);
        services.AddSingleton<IReadOnlyList<PolicySettings>>(settings.Policies);
        services.AddSingleton<IReadOnlyList<OperatorSettings>>(settings.Operators);
        services.AddSingleton<IReadOnlyList<MerchantSettings>>(settings.Merchants);
        services.AddSingleton<IReadOnlyList<ChannelSettings>>(settings.Channels);
    }

    public static WebApplication MapRouterHttp(this WebApplication app)
    {
        // The gauges are read by whoever scrapes; they only have to exist.
        _ = app.Services.GetRequiredService<ChannelGauges>();
        _ = app.Services.GetRequiredService<PolicyGauges>();
        _ = app.Services.GetRequiredService<NodeGauges>();
        _ = app.Services.GetRequiredService<ProcessGauges>();
        _ = app.Services.GetRequiredService<NotificationGauges>();
        app.UseMiddleware<AnswerFrame>();
        app.UseDocsPage();
        app.UseRouting();
        app.UseMiddleware<ListenerFilter>();
        app.MapPaymentRoutes();
        app.MapNoticeRoutes();
        app.MapDecisionRoutes();
        app.MapOperatorRoutes();
        app.MapNotificationRoutes();
        app.MapProbeRoutes();
        return app;
    }
}
