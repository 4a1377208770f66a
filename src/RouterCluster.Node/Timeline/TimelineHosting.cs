using RouterCluster.Api;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Descriptions;

namespace RouterCluster.Node.Timeline;

internal static class TimelineHosting
{
    private static readonly string Text = $"""
        From the journal, the book, the webhooks and the audit trail: enough for a dispute, with account and texts masked.
        `kind` is one of {string.Join(", ", StepKind.All.Select(kind => $"`{kind}`"))}. `commit` names the journal's row; steps
        that are `due` come last. Questions without news are not stored: of those only the last and the next one are there.
        """;

    public static IServiceCollection AddTimeline(this IServiceCollection services) => services.AddSingleton<TimelineEndpoints>();

    public static void MapTimeline(this IEndpointRouteBuilder operators) =>
        operators.MapGet(
                "/payments/{id}/timeline",
                (Delegate)operators.ServiceProvider.GetRequiredService<TimelineEndpoints>().GetAsync)
            .WithSummary("A payment's story on one time line")
            .WithDescription(Text)
            .TakesPaymentId()
            .Gives<TimelineBody>(200, "The story.").Refuses([.. Problems.Lookups, "not_found", "in_progress"]);
}
