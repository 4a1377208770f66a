using Microsoft.OpenApi;
using RouterCluster.Api;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Webhooks;

internal static class NotificationRoutes
{
    public static void MapNotificationRoutes(this WebApplication app)
    {
        var notifications = app.Services.GetRequiredService<NotificationEndpoints>();

        // The gauges are read by whoever scrapes; they only have to exist.
        _ = app.Services.GetRequiredService<NotificationGauges>();
        var group = app.MapGroup("/admin/v1").WithTags("Operators").WithMetadata(new AudienceMark(Audience.Operators));
        group.MapGet("/notifications", (Delegate)notifications.ListAsync)
            .WithSummary("The delivery log of notifications to merchants, the newest first")
            .WithDescription(Texts.NotificationLog)
            .Gives<ListBody<NotificationBody>>(200, "One page.")
            .TakesMerchant(isRequired: false)
            .Takes("payment", new OpenApiSchema { Type = JsonSchemaType.String })
            .Takes("state", Shapes.Words(NotificationNames.States.Select(state => state.Name())))
            .TakesPages()
            .Refuses(Problems.Lookups);
        group.MapPost("/notifications/{id}/resend", (Delegate)notifications.ResendAsync)
            .WithSummary("Send a notification again")
            .WithDescription(Texts.Resend)
            .Gives<NotificationBody>(200, "The notification; the attempt itself follows.")
            .Refuses(Problems.Changes);
        group.MapPost("/merchants/{id}/notifications/enable", (Delegate)notifications.EnableAsync)
            .WithSummary("Call a merchant's URLs again that answered 410")
            .Gives<NotificationsEnabledBody>(200, "How many notifications were held and are sent now.")
            .TakesMerchant("id")
            .Refuses(Problems.Changes);
    }
}
