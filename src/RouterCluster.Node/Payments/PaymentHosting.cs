using System.Collections.Frozen;
using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using RouterCluster.Api;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Payments.Journal;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Telemetry.Spans;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Payments;

internal static class PaymentHosting
{
    private const string NewPayment = """
        `order_no` is the merchant's own number and the idempotency key: the same number with the same content is the same
        payment (200), with other content 422 `idempotency_mismatch`. White space, the order of fields and spelt-out defaults
        do not count as content.

        Waits for the result as `Prefer: wait=N` says, then answers with the state as it is.
        A declined payment is 201 with state `failed`.

        409 `in_progress`: nobody can know at the moment whether it was stored; ask again with the same number. Every other
        4xx or 5xx means that this request stored nothing and that nothing will be sent for it. `merchant_limit`, 403 for the
        product, `no_route` and `no_channel` say so of the number: they never meet one that is known. `overloaded` and
        `shutting_down` did not look: what an earlier request with the same number stored is stored still.

        When the router is full, whoever waits longest for a result is answered with the payment as it is.
        Sandbox and live keys have order numbers of their own.

        The body is `application/json` in UTF-8, at most 64 KiB; another content type is 400 `invalid`, field `content-type`.
        A `notify_url` needs a notify-secret configured for the merchant; what is sent to it stands under Webhooks.
        """;

    public static IServiceCollection AddPayments(this IServiceCollection services) => services
        .AddSingleton<LocalBooks>().AddSingleton<IBooks, NearBooks>()
        .AddSingleton<IAccountVault, AccountVault>()
        .AddSingleton<IPaymentHistory>(provider => provider.GetRequiredService<PaymentReadModel>())
        .AddSingleton<IPaymentJournal, PaymentJournal>()
        .AddSingleton(provider => new GatewayRules(
            provider.GetRequiredService<NodeSettings>().Books, provider.GetRequiredService<StorageStamp>().IdSalt,
            provider.GetRequiredService<HttpSettings>().AcceptTimeout))
        .AddSingleton<IPayments>(provider => ActivatorUtilities.CreateInstance<PaymentGateway>(
            provider, provider.GetRequiredService<IBooks>(), provider.GetRequiredService<Readiness>().Draining))
        .AddSingleton<SucceededVolumes>(provider => provider.GetRequiredService<PaymentReadModel>().SumSucceededSinceAsync)
        .AddSingleton<RequestSpans>().AddSingleton<PaymentNumbers>().AddSingleton<PaymentAcceptance>()
        .AddSingleton<PaymentEndpoints>().AddSingleton<PaymentLookup>().AddSingleton<PaymentList>()
        .AddSingleton<PaymentSearch>().AddSingleton<PaymentCancel>()
        .AddSingleton<MerchantPayments>();

    /// <summary>Sharding remembers the books; they are woken for the first start, when none is remembered yet.</summary>
    public static AkkaConfigurationBuilder WithPayments(
        this AkkaConfigurationBuilder akka, IServiceProvider services, PaymentRules rules, TimeSpan hold) => akka
        .AddHocon(BookSerializer.Hocon, HoconAddMode.Append)
        .AddHocon(BookMessageSerializer.Hocon, HoconAddMode.Append)
        .AddHocon(OrderMessageSerializer.Hocon, HoconAddMode.Append)
        .WithOwnedRegion<IBookMessage>(
            services, BookShards.Region,
            (_, registry) => BooksOf(registry, services, rules, hold), new BookShards(), StopBook.Instance)
        .WithActors((system, registry) => Cluster.Get(system).RegisterOnMemberUp(
            () => Wake(registry.Get<IBookMessage>(), services.GetRequiredService<NodeSettings>().Books)));

    public static void MapPayments(this IEndpointRouteBuilder routes)
    {
        var payments = routes.ServiceProvider.GetRequiredService<PaymentEndpoints>();
        var group = routes.MapGroup("/v1").WithTags("Payments").WithMetadata(new AudienceMark(Audience.Merchants));
        group.MapPost("/payments", (Delegate)payments.PostAsync)
            .WithName("createPayment")
            .WithSummary("Make a payment")
            .WithDescription(NewPayment)
            .TakesJson(() => PaymentBodies.NewPayment(
                routes.ServiceProvider.GetRequiredService<IReadOnlyList<ChannelSettings>>()))
            .TakesWaitPreference()
            .Gives<PaymentBody>(201, "Stored by this request.")
            .Gives<PaymentBody>(200, "Stored by an earlier request with the same number and content.")
            .GivesHeader(200, PaymentEndpoints.Replayed, "`true`: this repeats what an earlier request has stored.")
            .Refuses(Problems.NewPayment);
        group.MapGet("/payments/{id}", (Delegate)payments.GetAsync)
            .WithName("getPayment")
            .WithSummary("Look a payment up by its id")
            .TakesPaymentId()
            .Gives<PaymentBody>(200, "The payment.")
            .Refuses([.. Problems.Merchants, "not_found", "in_progress", "unavailable"]);
        group.MapPost("/payments/{id}/cancel", (Delegate)payments.CancelAsync)
            .WithName("cancelPayment")
            .WithSummary("Cancel a payment of which nothing was sent")
            .WithDescription(PaymentBodies.Cancelling)
            .TakesPaymentId()
            .Gives<PaymentBody>(200, "The payment, which is closed.")
            .Refuses([.. Problems.Merchants, .. Problems.Uncancelled, "unavailable", "shutting_down"]);
        group.MapGet("/payments", (Delegate)payments.FindAsync)
            .WithName("findPayment")
            .WithSummary("Look a payment up by the merchant's own number, or list payments by time")
            .WithDescription(PaymentParameters.MerchantListText)
            .TakesMerchantList()
            .GivesOneOrList<PaymentBody>(200, "The payment, or one page.")
            .Refuses([.. Problems.Merchants, "not_found", "in_progress", "unavailable"]);
    }

    public static void MapPaymentLookup(this IEndpointRouteBuilder operators)
    {
        var payments = operators.ServiceProvider.GetRequiredService<PaymentLookup>();
        operators.MapGet("/payments/{id}", (Delegate)payments.GetAsync)
            .WithSummary("Any merchant's payment").TakesPaymentId().Gives<PaymentBody>(200, "The payment.")
            .Refuses([.. Problems.Lookups, "not_found", "in_progress"]);
        operators.MapGet("/payments", (Delegate)operators.ServiceProvider.GetRequiredService<PaymentList>().FindAsync)
            .WithSummary("Payments that fit a filter, or a payment by merchant and the merchant's number")
            .WithDescription(PaymentParameters.ListText).TakesPaymentFilter().TakesPages()
            .GivesOneOrList<PaymentBody>(200, "The payment, or one page.")
            .Refuses([.. Problems.Lookups, "not_found", "in_progress"]);
        operators.MapGet("/search", (Delegate)operators.ServiceProvider.GetRequiredService<PaymentSearch>().FindAsync)
            .WithSummary("Payments by any of their numbers")
            .WithDescription(
                "The router's id, our number of an attempt (`attempts[].order_no`), the channel's (`channel_order_no`), or a "
                + "merchant's number, which several merchants may use. Empty when there is none. Channels' numbers of older "
                + "payments than this version are not known.")
            .Takes("number", Shapes.Text(PaymentSearch.Number), PaymentParameters.OrderNo, isRequired: true)
            .Gives<ListBody<PaymentBody>>(200, "The payments.").Refuses([.. Problems.Lookups, "in_progress"]);
        operators.MapPost(
                "/payments/{id}/cancel",
                (Delegate)operators.ServiceProvider.GetRequiredService<PaymentCancel>().CancelAsync)
            .WithSummary("Cancel any merchant's payment of which nothing was sent (role operator)")
            .WithDescription(PaymentBodies.Cancelling).TakesPaymentId().TakesJson(PaymentBodies.Cancel)
            .Gives<PaymentBody>(200, "The payment, which is closed.")
            .Refuses([.. Problems.ChannelChanges, .. Problems.Uncancelled]);
        operators.MapGet("/payments/{id}/explain", (Delegate)payments.ExplainAsync)
            .WithSummary("Why each attempt went where it went")
            .TakesPaymentId()
            .Gives<ExplainBody>(200, "The decisions.").Refuses([.. Problems.Lookups, "not_found", "in_progress"]);
    }

    private static Func<string, Props> BooksOf(
        IActorRegistry registry, IServiceProvider services, PaymentRules rules, TimeSpan hold)
    {
        var settings = services.GetRequiredService<BookSettings>();
        var channels = services.GetRequiredService<ListInForce<ChannelSettings>>();
        var policies = channels.Derive(all => all.ToFrozenDictionary(channel => channel.Id, channel => channel.QueryPolicy));
        var targets = channels.Derive(all => all.ToFrozenDictionary(channel => channel.Id, channel => channel.Target));
        var fallback = channels[0].QueryPolicy;
        var context = new BookContext(
            new BookRules(
                rules, hold, settings.KeepClosedFor, settings.SuspendAfter,
                services.GetRequiredService<NodeSettings>().MaxClockSkew,
                channel => policies.Value.GetValueOrDefault(channel, fallback))
            {
                TargetOf = channel => targets.Value.GetValueOrDefault(channel),
                SeenNumbers = settings.SeenNumbers,
            },
            settings, services.GetRequiredService<RouterClock>(), registry.Get<RouterActor>(),
            services.GetRequiredService<ChannelReports>(), services.GetRequiredService<PaymentReadModel>(),
            services.GetRequiredService<RouterMetrics>(), registry.Get<WebhookCallerActor>())
        {
            Books = services.GetRequiredService<LocalBooks>(),
            Region = registry.Get<IBookMessage>,
            Subscribers = services.GetRequiredService<CommitSubscribers>(),
            Troubles = services.GetRequiredService<Troubles>(),
            Spans = services.GetRequiredService<PaymentSpans>(),
        };
        return id => PaymentBookEntity.Props(int.Parse(id, CultureInfo.InvariantCulture), context);
    }

    private static void Wake(IActorRef books, int count)
    {
        for (var book = 0; book < count; book++)
        {
            books.Tell(new ShardRegion.StartEntity(book.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
