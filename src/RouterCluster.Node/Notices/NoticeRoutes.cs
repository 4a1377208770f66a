using RouterCluster.Node.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Notices;

internal static class NoticeRoutes
{
    public static void MapNoticeRoutes(this WebApplication app)
    {
        var notices = app.Services.GetRequiredService<NoticeEndpoint>();
        app.MapPost("/v1/channels/{channel}/notify", (Delegate)notices.PostAsync)
            .WithTags("Channels")
            .WithMetadata(new AudienceMark(Audience.Channels))
            .WithName("notify")
            .WithSummary("A channel's notification")
            .WithDescription(Texts.Notice)
            .Produces(StatusCodes.Status200OK)
            .Takes("channel", Shapes.Text(TextRule.Id), Parameters.ChannelId)
            .Refuses(Problems.Notices);
    }
}
