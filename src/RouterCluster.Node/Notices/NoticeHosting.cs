using RouterCluster.Api;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Notices;

internal static class NoticeHosting
{
    private const string Notice = """
        The raw body and its headers as the channel's protocol has them; `http-json`: `X-Timestamp` and `X-Signature` over
        timestamp, dot and raw body, and the body of an answer, at most 64 KiB.

        200 when what it says is stored: by the order's payment, or among the notices of unknown orders. It may come before
        the order's own answer, twice, or late. A payout's end is believed when a query confirms it.
        401 `bad_signature` for a wrong signature, 401 `stale_timestamp` for a right one whose time is more than 5 minutes off.
        429 and 503: send it again.
        """;

    public static IServiceCollection AddNotices(this IServiceCollection services) =>
        services.AddSingleton<NoticeSources>().AddSingleton<NoticeEndpoint>().AddSingleton<StrayNoticeEndpoints>();

    public static void MapNotices(this IEndpointRouteBuilder routes)
    {
        var notices = routes.ServiceProvider.GetRequiredService<NoticeEndpoint>();
        routes.MapPost("/v1/channels/{channel}/notify", (Delegate)notices.PostAsync)
            .WithTags("Channels")
            .WithMetadata(new AudienceMark(Audience.Channels))
            .WithName("notify")
            .WithSummary("A channel's notice")
            .WithDescription(Notice)
            .Produces(StatusCodes.Status200OK)
            .Takes("channel", Shapes.Text(TextRule.Id), ChannelParameters.ChannelId)
            .Refuses(Problems.Notices);
    }

    public static void MapStrayNotices(this IEndpointRouteBuilder operators) =>
        operators.MapGet("/notices", (Delegate)operators.ServiceProvider.GetRequiredService<StrayNoticeEndpoints>().ListAsync)
            .WithSummary("Channels' notices of orders that are not known here")
            .TakesPages()
            .Gives<ListBody<NoticeBody>>(200, "One page, newest first.").Refuses(Problems.Lookups);
}
