using Microsoft.OpenApi;
using RouterCluster.Api;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Health;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Notices;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Routing;

namespace RouterCluster.Node;

internal static class OperatorRoutes
{
    public static void MapOperatorRoutes(this WebApplication app)
    {
        var group = app.MapGroup("/admin/v1").WithTags("Operators").WithMetadata(new AudienceMark(Audience.Operators));
        MapChannels(group, app.Services.GetRequiredService<ChannelEndpoints>());
        MapPayments(group, app.Services.GetRequiredService<PaymentLookup>());
        MapTrace(group, app.Services.GetRequiredService<TraceEndpoints>());
        MapPolicies(group, app.Services.GetRequiredService<PolicyEndpoints>());
        MapCases(group, app.Services.GetRequiredService<CaseEndpoints>());
        MapBulk(group.MapGroup("/cases/bulk-proposals"), app.Services.GetRequiredService<BulkEndpoints>());
        MapCluster(group, app.Services);
    }

    private static void MapChannels(RouteGroupBuilder group, ChannelEndpoints channels)
    {
        group.MapGet("/channels", (Delegate)channels.ListAsync)
            .WithSummary("All channels").Gives<ListBody<ChannelBody>>(200, "The channels.").Refuses(Problems.Viewers);
        group.MapGet("/channels/{id}", (Delegate)channels.GetAsync)
            .WithSummary("One channel").TakesChannelId().Gives<ChannelBody>(200, "The channel.")
            .Refuses([.. Problems.Viewers, "not_found"]);
        MapChange("disable", "Send no more orders, return those that wait; questions go on", channels.DisableAsync);
        MapChange("enable", "Take the channel back into traffic", channels.EnableAsync);
        MapChange("drain", "Take no more orders, send those that wait", channels.DrainAsync);
        group.MapPatch("/channels/{id}", (Delegate)channels.PatchAsync)
            .WithSummary("Change limits, weight or isolation")
            .WithDescription(
                "What is left out stays; null takes an override back, so that the configured value is in force again. Survives "
                + "restarts.")
            .TakesChannelId()
            .TakesJson(ChannelBodies.ChannelPatch)
            .Gives<ChannelBody>(200, "The channel after the change.")
            .Refuses(Problems.ChannelChanges);

        void MapChange(string verb, string summary, Func<HttpContext, string, Task> change) =>
            group.MapPost($"/channels/{{id}}/{verb}", change)
                .WithSummary(summary)
                .WithDescription("Survives restarts.")
                .TakesChannelId()
                .TakesJson(ChannelBodies.ChannelChange)
                .Gives<ChannelBody>(200, "The channel after the change.")
                .Refuses([.. Problems.ChannelChanges, "channel_retired"]);
    }

    private static void MapPayments(RouteGroupBuilder group, PaymentLookup payments)
    {
        group.MapGet("/payments/{id}", (Delegate)payments.GetAsync)
            .WithSummary("Any merchant's payment").TakesPaymentId().Gives<PaymentBody>(200, "The payment.")
            .Refuses([.. Problems.Lookups, "not_found", "in_progress"]);
        group.MapGet("/payments", (Delegate)payments.FindAsync)
            .WithSummary("A payment by merchant and the merchant's number")
            .TakesMerchant().TakesOrderNo().Takes("mode", Shapes.Words(["live", "sandbox"]))
            .Gives<PaymentBody>(200, "The payment.").Refuses([.. Problems.Lookups, "not_found", "in_progress"]);
        group.MapGet("/payments/{id}/explain", (Delegate)payments.ExplainAsync)
            .WithSummary("Why each attempt went where it went")
            .TakesPaymentId()
            .Gives<ExplainBody>(200, "The decisions.").Refuses([.. Problems.Lookups, "not_found", "in_progress"]);
    }

    private static void MapTrace(RouteGroupBuilder group, TraceEndpoints trace) =>
        group.MapGet("/trace.csv", (Delegate)trace.ExportAsync)
            .WithSummary("Past traffic as a trace for `routerctl replay` (role operator)")
            .WithDescription(
                "Payments accepted from `from` until `to`, in buckets of `bucket` seconds (60). A stream; one that breaks off is "
                + "not complete. `source_n` is how many attempts a row was measured from; 0: carried on from before. One export "
                + "at a time on a node, over at most `router.trace.longest-range`.")
            .Takes("from", Moment(), _ => "2026-12-01T00:00:00Z", isRequired: true)
            .Takes("to", Moment(), _ => "2026-12-01T06:00:00Z", isRequired: true)
            .Takes("bucket", Bucket(), _ => "60")
            .Produces<string>(200, "text/csv").Refuses([.. Problems.Lookups, "forbidden", "trace_running"]);

    private static void MapPolicies(RouteGroupBuilder group, PolicyEndpoints policies) =>
        group.MapGet("/policies", (Delegate)policies.ListAsync)
            .WithSummary("The routing policies, how they do, and where they are in force")
            .WithDescription("As the node that is asked has counted since it started.")
            .Gives<PoliciesBody>(200, "The policies.").Refuses(Problems.Viewers);

    private static void MapCases(RouteGroupBuilder group, CaseEndpoints cases)
    {
        group.MapGet("/cases", (Delegate)cases.ListAsync)
            .WithSummary("Payments that people have to decide, the oldest first")
            .TakesPages()
            .Gives<ListBody<CaseBody>>(200, "One page.").Refuses(Problems.Lookups);
        group.MapGet("/cases/{id}", (Delegate)cases.GetAsync)
            .WithSummary("One case, decided ones too; the id is the payment's")
            .TakesPaymentId()
            .Gives<CaseBody>(200, "The case.").Refuses([.. Problems.Lookups, "not_found", "in_progress"]);
        group.MapPost("/cases/{id}/proposals", (Delegate)cases.ProposeAsync)
            .WithSummary("Propose how it is decided (role operator)").WithDescription(CaseTexts.Proposal)
            .TakesPaymentId()
            .TakesJson(CaseBodies.Proposal)
            .Gives<ProposalBody>(201, "The proposal, with its digest.").Gives<ProposalBody>(200, "It was made before.")
            .Refuses(Problems.Decisions);
        group.MapPost("/cases/{id}/proposals/{no}/approve", (Delegate)cases.ApproveAsync)
            .WithSummary("Approve it as a second person (role approver)").WithDescription(CaseTexts.Approval)
            .TakesPaymentId().Takes("no", No(), _ => "1")
            .TakesJson(CaseBodies.Approval)
            .Gives<CaseBody>(200, "The case as decided.").Refuses(Problems.Settlements);
        group.MapPost("/cases/{id}/proposals/{no}/reject", (Delegate)cases.RejectAsync)
            .WithSummary("Reject it as a second person (role approver)")
            .TakesPaymentId().Takes("no", No(), _ => "1")
            .TakesJson(CaseBodies.Rejection)
            .Gives<CaseBody>(200, "The case.").Refuses(Problems.Settlements);
    }

    private static void MapBulk(RouteGroupBuilder group, BulkEndpoints bulks)
    {
        group.MapPost("", (Delegate)bulks.ProposeAsync)
            .WithSummary("Freeze a list of cases and propose how they are decided (role operator)")
            .WithDescription(CaseTexts.BulkProposal).TakesJson(CaseBodies.BulkProposal)
            .Gives<BulkBody>(201, "The frozen list.").Refuses(Problems.Lists);
        group.MapGet("", (Delegate)bulks.ListAsync)
            .WithSummary("Lists, newest first").TakesPages()
            .Gives<ListBody<BulkBody>>(200, "One page.").Refuses(Problems.Lookups);
        group.MapGet("/{id}", (Delegate)bulks.GetAsync)
            .WithSummary("One list and what has become of its payments")
            .Gives<BulkBody>(200, "The list.").Refuses([.. Problems.Lookups, "not_found"]);
        group.MapGet("/{id}/items", (Delegate)bulks.ItemsAsync)
            .WithSummary("The payments of a list, each with what became of it")
            .Takes("state", Shapes.Words(Enum.GetValues<BulkItemState>().Select(state => state.Name())))
            .TakesPages()
            .Gives<ListBody<BulkItemBody>>(200, "One page.").Refuses([.. Problems.Lookups, "not_found"]);
        group.MapPost("/{id}/approve", (Delegate)bulks.ApproveAsync)
            .WithSummary("Approve the list as a second person (role approver)")
            .TakesJson(CaseBodies.BulkApproval)
            .Gives<BulkBody>(200, "The list; its payments are decided from now on.").Refuses(Problems.Settlements);
        group.MapPost("/{id}/reject", (Delegate)bulks.RejectAsync)
            .WithSummary("Reject the list as a second person (role approver)")
            .TakesJson(CaseBodies.BulkRejection)
            .Gives<BulkBody>(200, "The list.").Refuses(Problems.Settlements);
    }

    private static void MapCluster(RouteGroupBuilder group, IServiceProvider services)
    {
        var cluster = services.GetRequiredService<ClusterEndpoints>();
        group.MapGet("/cluster", (Delegate)cluster.GetAsync)
            .WithSummary("The cluster as this node sees it").Gives<ClusterBody>(200, "The cluster.").Refuses(Problems.Viewers);
        group.MapGet("/alerts", (Delegate)cluster.AlertsAsync)
            .WithSummary("Alerts that are active").Gives<ListBody<AlertBody>>(200, "The alerts.").Refuses(Problems.Viewers);
        group.MapGet("/notices", (Delegate)services.GetRequiredService<StrayNoticeEndpoints>().ListAsync)
            .WithSummary("Channels' notifications of orders that are not known here")
            .TakesPages()
            .Gives<ListBody<NoticeBody>>(200, "One page, newest first.").Refuses(Problems.Lookups);
        group.MapGet("/audit", (Delegate)services.GetRequiredService<AuditEndpoints>().ListAsync)
            .WithSummary("What operators did: decisions about payments and changes of channels, newest first")
            .TakesPages()
            .Gives<ListBody<AuditBody>>(200, "One page.").Refuses(Problems.Lookups);
    }

    private static OpenApiSchema Moment() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiSchema Bucket() => Parameters.WithDefault(
        Shapes.Whole(1, TraceEndpoints.LongestBucket, "Seconds."), TraceEndpoints.UsualBucket);

    private static OpenApiSchema No() => Shapes.Whole(1, int.MaxValue, "The proposal's number.");
}
