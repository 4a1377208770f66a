using Microsoft.OpenApi;
using RouterCluster.Api;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Descriptions;

namespace RouterCluster.Node.Webhooks;

internal static class WebhookHosting
{
    private const string NotificationLog = """
        By `merchant`, `payment` (its id) and `state`: `pending`, `delivered`, `failed` (given up after the last attempt) or
        `held` (the URL answered 410). `last_error` says why there was no answer: `timeout`, `not_connected`,
        `connection_lost`, `name_not_found`, `tls_failed`, or `address_refused` for a URL that leads where merchants may not
        have us call.
        """;

    private const string Resend = """
        Whatever its state: it is due at once, the schedule begins anew, and `webhook-id` stays. A URL that answered 410 has
        to be enabled first, or the notification is held again.
        """;

    public static IServiceCollection AddWebhooks(this IServiceCollection services) =>
        services.AddSingleton<NotificationEndpoints>().AddSingleton<NotificationGauges>();

    public static void MapWebhooks(this IEndpointRouteBuilder operators)
    {
        operators.ServiceProvider.GetRequiredService<NotificationGauges>();
        var notifications = operators.ServiceProvider.GetRequiredService<NotificationEndpoints>();
        operators.MapGet("/notifications", (Delegate)notifications.ListAsync)
            .WithSummary("The delivery log of notifications to merchants, the newest first")
            .WithDescription(NotificationLog)
            .Gives<ListBody<NotificationBody>>(200, "One page.")
            .TakesMerchant(isRequired: false)
            .Takes("payment", new OpenApiSchema { Type = JsonSchemaType.String })
            .Takes("state", Shapes.Words(NotificationNames.States.Select(state => state.Name())))
            .TakesPages()
            .Refuses(Problems.Lookups);
        operators.MapPost("/notifications/{id}/resend", (Delegate)notifications.ResendAsync)
            .WithSummary("Send a notification again")
            .WithDescription(Resend)
            .Gives<NotificationBody>(200, "The notification; the attempt itself follows.")
            .Refuses(Problems.Changes);
        operators.MapPost("/merchants/{id}/notifications/enable", (Delegate)notifications.EnableAsync)
            .WithSummary("Call a merchant's URLs again that answered 410")
            .Gives<NotificationsEnabledBody>(200, "How many notifications were held and are sent now.")
            .TakesMerchant("id")
            .Refuses(Problems.Changes);
    }
}
