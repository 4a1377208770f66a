using System.Security.Cryptography;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.OpenApi;
using RouterCluster.Api;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Telemetry.Spans;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Webhooks;

internal static class WebhookHosting
{
    private const int Shards = 32;

    private const string DeliveryLog = """
        By `merchant`, `payment` (its id) and `state`: `pending`, `delivered`, `failed` (given up after the last attempt) or
        `held` (the URL answered 410). With those delivered come those that are `unsent`: kept for `GET /v1/events` alone.
        `last_error` says why there was no answer: `timeout`, `not_connected`, `connection_lost`, `name_not_found`,
        `tls_failed`, or `address_refused` for a URL that leads where merchants may not have us call.
        """;

    private const string Resend = """
        Whatever its state: it is due at once, the schedule begins anew, and `webhook-id` stays. A URL that answered 410 has
        to be enabled first, or the webhook is held again.
        """;

    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<WebhookOutbox>().AddSingleton<WebhookLog>().AddSingleton<WebhookBacklogs>()
        .AddSingleton<IWebhooks, WebhookControl>().AddSingleton<WebhookEvents>().AddSingleton<WebhookSenders>()
        .AddSingleton<IMerchantWebhooks, MerchantWebhooks>().AddSingleton<MerchantWebhookEndpoints>()
        .AddSingleton<UnsentSweep>()
        .AddSingleton<WebhookEndpoints>().AddSingleton<WebhookGauges>();

    /// <summary>
    /// Sharding keeps a merchant's lane on one node; every node wakes the lanes of all merchants. All messages to the
    /// region go through the caller, so that none come once it has stopped. A merchant without a secret has no lane.
    /// </summary>
    public static AkkaConfigurationBuilder WithWebhooks(this AkkaConfigurationBuilder akka, IServiceProvider services)
    {
        var merchants = services.GetRequiredService<ListInForce<MerchantSettings>>();
        return akka
            .AddHocon(WebhookSerializer.Hocon, HoconAddMode.Append)
            .WithOwnedRegion<WakeWebhooks>(
                services, "notifications",
                (system, _) => LanesOf(merchants, system, services),
                new HashedShards<WakeWebhooks>(Shards, wake => wake.Merchant.Value), StopWebhooks.Instance)
            .WithActors((system, registry) => registry.Register<WebhookCallerActor>(system.ActorOf(
                WebhookCallerActor.Props(
                    registry.Get<WakeWebhooks>(), merchants, services.GetRequiredService<WebhookSettings>().Poll),
                "notification-caller")));
    }

    public static void MapWebhooks(this IEndpointRouteBuilder operators)
    {
        operators.ServiceProvider.GetRequiredService<WebhookGauges>();
        var notifications = operators.ServiceProvider.GetRequiredService<WebhookEndpoints>();
        operators.MapGet("/notifications", (Delegate)notifications.ListAsync)
            .WithSummary("The delivery log of webhooks to merchants, the newest first")
            .WithDescription(DeliveryLog)
            .Gives<ListBody<NotificationBody>>(200, "One page.")
            .TakesMerchant(isRequired: false)
            .Takes("payment", new OpenApiSchema { Type = JsonSchemaType.String })
            .Takes("state", Shapes.Words(NotificationNames.States.Select(state => state.Name())))
            .TakesPages()
            .Refuses(Problems.Lookups);
        operators.MapPost("/notifications/{id}/resend", (Delegate)notifications.ResendAsync)
            .WithSummary("Send a webhook again")
            .WithDescription(Resend)
            .Gives<NotificationBody>(200, "The webhook; the attempt itself follows.")
            .Refuses(Problems.Changes);
        operators.MapPost("/merchants/{id}/notifications/enable", (Delegate)notifications.EnableAsync)
            .WithSummary("Call a merchant's URLs again that answered 410")
            .Gives<NotificationsEnabledBody>(200, "How many webhooks were held and are sent now.")
            .TakesMerchant("id")
            .Refuses(Problems.Changes);
    }

    private static Func<string, Props> LanesOf(
        ListInForce<MerchantSettings> merchants, ActorSystem system, IServiceProvider services)
    {
        var settings = services.GetRequiredService<WebhookSettings>();
        var senders = new WebhookSenders(
            system, services.GetRequiredService<HttpSettings>(), services.GetRequiredService<NodeSettings>(), settings,
            services.GetRequiredService<RouterClock>());
        var context = new WebhookContext(
            services.GetRequiredService<WebhookOutbox>(), services.GetRequiredService<WebhookBacklogs>(),
            services.GetRequiredService<RouterMetrics>(), services.GetRequiredService<RouterClock>(), settings.Policy,
            settings.Poll, settings.Retention, RandomNumberGenerator.GetInt32(int.MaxValue))
        {
            Spans = services.GetRequiredService<PaymentSpans>(),
        };
        return id => Props.CreateBy(new LaneProducer(new MerchantId(id), merchants, senders, context));
    }

    /// <summary>A lane that restarts gets a new sender, because it disposes of its sender when it stops.</summary>
    private sealed class LaneProducer(
        MerchantId merchant, ListInForce<MerchantSettings> merchants, WebhookSenders senders, WebhookContext context)
        : IIndirectActorProducer
    {
        public Type ActorType => typeof(WebhookLaneEntity);

        public ActorBase Produce() => new WebhookLaneEntity(
            merchant, new CurrentWebhookSender(merchant, merchants, senders.For), context);

        public void Release(ActorBase actor)
        {
        }
    }
}
