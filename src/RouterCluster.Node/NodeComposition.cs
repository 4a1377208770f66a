using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Claims;
using RouterCluster.Node.Checks;
using RouterCluster.Node.Codes;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Configuration;
using RouterCluster.Node.Console;
using RouterCluster.Node.Counters;
using RouterCluster.Node.Descriptions;
using RouterCluster.Node.Events;
using RouterCluster.Node.Forecasts;
using RouterCluster.Node.Gateways;
using RouterCluster.Node.Health;
using RouterCluster.Node.Maintenance;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Notices;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Journal;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Cluster.Codec;
using RouterCluster.Node.Platform.Dispatch;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Timeline;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node;

internal static class NodeComposition
{
    private const string SystemName = "router";

    public static IServiceCollection AddNode(this IServiceCollection services, RouterSettings settings)
    {
        services.AddSettings(settings);
        services.AddSingleton<DrainingNodes>().AddSingleton<Readiness>().AddHealthChecks().AddCheck<Readiness>("traffic");
        services
            .AddHttp()
            .AddTelemetry(settings.Telemetry, settings.Node.Environment)
            .AddCommits()
            .AddCounters()
            .AddCodes()
            .AddMerchants()
            .AddPayments()
            .AddUnknown()
            .AddChannels()
            .AddForecasts()
            .AddMaintenance()
            .AddRouter()
            .AddNotices()
            .AddGateways()
            .AddCases()
            .AddWebhooks()
            .AddAudit()
            .AddTimeline()
            .AddAlerts()
            .AddConfiguration()
            .AddHealth()
            .AddChecks()
            .AddEvents()
            .AddConsole()
            .AddApiDescription();
        return services;
    }

    /// <summary>
    /// Hosted services start in this order, before the listeners, and stop in the reverse order, after them.
    /// </summary>
    public static void AddWork(this IServiceCollection services, RouterSettings settings, Config config)
    {
        services.AddHostedService(provider => provider.GetRequiredService<CounterWriter>());
        services.AddHostedService(provider => provider.GetRequiredService<CommitSubscribers>());
        services.AddHostedService(provider => provider.GetRequiredService<ChannelClaims>());
        services.AddAkka<NodeActors>(SystemName, (akka, provider) => akka.WithNode(provider, settings, config));
        services.AddHostedService(provider => provider.GetRequiredService<BooksAndChannelsCheck>());
        services.AddHostedService(provider => provider.GetRequiredService<ClockCheck>());
        services.AddHostedService<CaseCount>();
        services.AddHostedService(provider => provider.GetRequiredService<ShareSweep>());
        services.AddHostedService(provider => provider.GetRequiredService<UnsentSweep>());
        services.AddHostedService(provider => provider.GetRequiredService<MerchantAdmissions>());
        services.AddHostedService(provider => provider.GetRequiredService<LiveFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<ConfigurationWatch>());
        services.AddHealthChecks()
            .AddCheck<BooksAndChannelsCheck>("books_and_channels")
            .AddCheck<RoleCheck>(RoleCheck.Name)
            .AddCheck<ClockCheck>("clock")
            .AddCheck<LeaseKeeper>("storage");
    }

    public static void MapNode(this WebApplication app)
    {
        app.UseMiddleware<AnswerFrame>();
        app.UseDocsPage();
        app.UseRouting();
        app.UseMiddleware<ListenerFilter>();
        app.MapPayments();
        app.MapMerchantWebhooks();
        app.MapDowntimes();
        app.MapNotices();
        app.MapGateways();
        var operators = app.MapGroup("/admin/v1").WithTags("Operators").WithMetadata(new AudienceMark(Audience.Operators));
        operators.MapChannels();
        operators.MapMaintenance();
        operators.MapPaymentLookup();
        operators.MapTimeline();
        operators.MapUnknown();
        operators.MapRouter();
        operators.MapCases();
        operators.MapCluster();
        operators.MapChecks();
        operators.MapConfiguration();
        operators.MapStrayNotices();
        operators.MapAudit();
        operators.MapAlerts();
        operators.MapWebhooks();
        operators.MapCounters();
        operators.MapCodes();
        operators.MapConsole();
        app.MapHealth();
        app.MapConsolePage();
    }

    /// <summary>Actors start in this order. Configuration files override the node's own settings.</summary>
    private static void WithNode(
        this AkkaConfigurationBuilder akka, IServiceProvider services, RouterSettings settings, Config config) => akka
        .AddHocon(config, HoconAddMode.Prepend)
        .AddHocon(ClusterHocon.JoinLater, HoconAddMode.Prepend)
        .AddHocon(ClusterHocon.RolesOf(settings.Cluster), HoconAddMode.Prepend)
        .WithTls(services.GetService<NodeCertificates>())
        .AddHocon(AkkaLogForwarder.Hocon, HoconAddMode.Append)
        .AddHocon(NoCodec.Hocon, HoconAddMode.Append)
        .AddHocon(NodeMessageSerializer.Hocon, HoconAddMode.Append)
        .AddHocon(TurnExecutorConfigurator.Hocon, HoconAddMode.Append)
        .AddHocon($"akka.remote.dot-netty.tcp.port = {settings.Node.NodePort}", HoconAddMode.Append)
        .AddHocon(
            JournalHocon.For(services.GetRequiredService<StorageAddress>(), BookJournal.ClassName), HoconAddMode.Append)
        .AddHocon(ClusterHocon.LeasesFor(settings.Cluster), HoconAddMode.Append)
        .AddHocon(EmbeddedHocon(), HoconAddMode.Append)
        .WithRouter(services)
        .WithWebhooks(services)
        .WithPayments(services, new PaymentRules(settings.MaxAttempts), settings.Hold)
        .WithChannels(services, settings.Routing.ReportInterval)
        .WithGateways(services)
        .WithCases(services)
        .WithAlerts(services)
        .WithActors((system, _) => system.ActorOf(
            DrainActor.Props(services.GetRequiredService<DrainingNodes>(), services.GetRequiredService<Readiness>()),
            DrainActor.Name))
        .WithHealth(services)
        .WithConsole(services)
        .AddStartup((system, _) => services.GetRequiredService<ClusterJoining>().Begin(system));

    private static string EmbeddedHocon()
    {
        using var stream = typeof(NodeComposition).Assembly.GetManifestResourceStream("akka.hocon")
            ?? throw new InvalidOperationException("akka.hocon is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Configuration files cannot undo it: addresses of nodes say whether they speak TLS.</summary>
    private static AkkaConfigurationBuilder WithTls(this AkkaConfigurationBuilder akka, NodeCertificates? certificates)
    {
        akka.AddHocon(ClusterHocon.Tls(isOn: certificates is not null), HoconAddMode.Prepend);
        if (certificates is not null)
        {
            akka.AddSetup(certificates.Setup);
        }

        return akka;
    }

    private static void AddSettings(this IServiceCollection services, RouterSettings settings) => services
        .AddSingleton(settings.Node)
        .AddSingleton(settings.Cluster).AddSingleton<ClusterJoining>()
        .AddSingleton(settings.Http)
        .AddSingleton(settings.Book)
        .AddSingleton(settings.Routing)
        .AddSingleton(settings.Trace)
        .AddSingleton(settings.Commits)
        .AddSingleton(settings.Redis)
        .AddSingleton(settings.Sessions)
        .AddSingleton(MerchantHosting.RulesOf(settings.Node, settings.Http.AcceptTimeout, settings.Book.DuplicatesWithin))
        .AddSingleton(settings.Console)
        .AddSingleton(settings.Changes)
        .AddSingleton(settings.Checks)
        .AddSingleton(settings.Decisions)
        .AddSingleton(settings.Notifications)
        .AddSingleton(settings.GatewayDecisions)
        .AddSingleton(settings.Alerts)
        .AddSingleton<IReadOnlyList<PolicySettings>>(settings.Policies)
        .AddSingleton<IReadOnlyList<OperatorSettings>>(settings.Operators)
        .AddInForce(settings.Merchants)
        .AddInForce(settings.Channels);

    /// <summary>Readers that keep nothing of it take the plain list.</summary>
    private static IServiceCollection AddInForce<T>(this IServiceCollection services, ImmutableArray<T> first)
    {
        services.TryAddSingleton(new ListInForce<T>(first));
        return services.AddSingleton<IReadOnlyList<T>>(provider => provider.GetRequiredService<ListInForce<T>>());
    }
}
