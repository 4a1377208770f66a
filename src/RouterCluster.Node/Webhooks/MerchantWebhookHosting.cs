using RouterCluster.Api;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Webhooks;

internal static class MerchantWebhookHosting
{
    private const string Events = """
        What webhooks say or would have said, also to a merchant without a URL, of the last 30 days and of keys of this mode:
        the oldest first, and those of one millisecond in no promised order. Without `after` from the first one on; with it,
        those after the event of this id. `next` is the id to go on after while there are more; on the last page, ask again
        later with the last id that was seen. An event is listed a few seconds after it was written down, so that none comes
        before one that was listed.
        """;

    private const string Test = """
        One call of the merchant's notify-url with a body of type `webhook.test`, signed as every webhook is and answered with
        how it ended. It is not repeated. `error` says why there was no answer, as in the delivery log.
        """;

    private const string Resend = """
        Every webhook that was written down from `from` on and before `to`, at most 1000 of them, whatever became of it: each is
        due at once, its schedule begins anew, and `webhook-id` stays. `next` is the `from` to go on with if there are more. A
        URL that answered 410 has to be enabled by an operator first, or its webhooks are held again.
        """;

    private static readonly RequestBody Range = new(
        "ResendRequest",
        Shapes.Object("When the webhooks were written down.", ["from", "to"], new()
        {
            ["from"] = Shapes.Text(MerchantWebhookEndpoints.Moment, "Then or later."),
            ["to"] = Shapes.Text(MerchantWebhookEndpoints.Moment, "Before then; 31 days later at most."),
        }),
        RequestBody.Parse("""{ "from": "2026-12-01T00:00:00Z", "to": "2026-12-02T00:00:00Z" }"""));

    public static void MapMerchantWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.ServiceProvider.GetRequiredService<MerchantWebhookEndpoints>();
        var group = routes.MapGroup("/v1").WithTags("Webhooks").WithMetadata(new AudienceMark(Audience.Merchants));
        group.MapGet("/events", (Delegate)webhooks.EventsAsync)
            .WithName("listEvents")
            .WithSummary("What webhooks say, as a list")
            .WithDescription(Events)
            .Takes("after", Shapes.Plain(1, 64, "The last event that was seen."))
            .Takes(
                "limit",
                Parameters.WithDefault(Shapes.Whole(1, Paging.LongestPage, "How many a page has."), Paging.UsualPage), _ => "20")
            .Gives<ListBody<EventBody>>(200, "One page.")
            .Refuses([.. Problems.Merchants, "unavailable"]);
        group.MapPost("/webhooks/test", (Delegate)webhooks.TestAsync)
            .WithName("testWebhook")
            .WithSummary("Send a test webhook to the merchant's URL")
            .WithDescription(Test)
            .Gives<WebhookTestedBody>(200, "How it ended.")
            .Refuses([.. Problems.Merchants, "too_large", "merchant_limit"]);
        group.MapPost("/webhooks/resend", (Delegate)webhooks.ResendAsync)
            .WithName("resendWebhooks")
            .WithSummary("Send the webhooks of a time range again")
            .WithDescription(Resend)
            .TakesJson(Range)
            .Gives<WebhooksResentBody>(200, "How many there are; the attempts themselves follow.")
            .Refuses([.. Problems.Merchants, "too_large", "unavailable"]);
    }
}
