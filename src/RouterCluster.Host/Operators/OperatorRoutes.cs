using RouterCluster.Api;
using RouterCluster.Host.Access;
using RouterCluster.Host.Descriptions;

namespace RouterCluster.Host.Operators;

internal static class OperatorRoutes
{
    public static void MapOperatorRoutes(this WebApplication app)
    {
        var group = app.MapGroup("/admin/v1").WithTags("Operators").WithMetadata(new AudienceMark(Audience.Operators));
        MapChannels(group, app.Services.GetRequiredService<ChannelEndpoints>());
        MapPayments(group, app.Services.GetRequiredService<PaymentLookup>());
        MapCases(group, app.Services.GetRequiredService<CaseEndpoints>());
        MapCluster(group, app.Services.GetRequiredService<ClusterEndpoints>());
    }

    private static void MapChannels(RouteGroupBuilder group, ChannelEndpoints channels)
    {
        group.MapGet("/channels", (Delegate)channels.ListAsync)
            .WithSummary("All channels").Gives<ListBody<ChannelBody>>(200, "The channels.").Refuses(401);
        group.MapGet("/channels/{id}", (Delegate)channels.GetAsync)
            .WithSummary("One channel").Gives<ChannelBody>(200, "The channel.").Refuses(401, 404);
        MapChange("disable", "Send no more orders, return those that wait; questions go on", channels.DisableAsync);
        MapChange("enable", "Take the channel back into traffic", channels.EnableAsync);
        MapChange("drain", "Take no more orders, send those that wait", channels.DrainAsync);
        group.MapPatch("/channels/{id}", (Delegate)channels.PatchAsync)
            .WithSummary("Change limits, weight or isolation")
            .WithDescription("What is left out stays. Survives restarts.")
            .TakesJson<ChannelPatchRequest>(isRequired: true)
            .Gives<ChannelBody>(200, "The channel after the change.")
            .Refuses(400, 401, 403, 404, 413, 503);

        void MapChange(string verb, string summary, Func<HttpContext, string, Task> change) =>
            group.MapPost($"/channels/{{id}}/{verb}", change)
                .WithSummary(summary)
                .WithDescription("Survives restarts.")
                .TakesJson<ChannelChangeRequest>(isRequired: true)
                .Gives<ChannelBody>(200, "The channel after the change.")
                .Refuses(400, 401, 403, 404, 413, 503);
    }

    private static void MapPayments(RouteGroupBuilder group, PaymentLookup payments)
    {
        group.MapGet("/payments/{id}", (Delegate)payments.GetAsync)
            .WithSummary("Any merchant's payment").Gives<PaymentBody>(200, "The payment.").Refuses(401, 404, 503);
        group.MapGet("/payments", (Delegate)payments.FindAsync)
            .WithSummary("A payment by merchant and the merchant's number")
            .Gives<PaymentBody>(200, "The payment.").Refuses(400, 401, 404, 503);
        group.MapGet("/payments/{id}/explain", (Delegate)payments.ExplainAsync)
            .WithSummary("Why each attempt went where it went")
            .Gives<ExplainBody>(200, "The decisions.").Refuses(401, 404, 503);
    }

    private static void MapCases(RouteGroupBuilder group, CaseEndpoints cases)
    {
        group.MapGet("/cases", (Delegate)cases.ListAsync)
            .WithSummary("Payments that people have to decide, the oldest first")
            .Gives<ListBody<CaseBody>>(200, "One page.").Refuses(400, 401);
        group.MapGet("/cases/{id}", (Delegate)cases.GetAsync)
            .WithSummary("One case, decided ones too; the id is the payment's")
            .Gives<CaseBody>(200, "The case.").Refuses(401, 404, 503);
        group.MapPost("/cases/{id}/proposals", (Delegate)cases.ProposeAsync)
            .WithSummary("Propose how it is decided (role operator)").WithDescription(Texts.Proposal)
            .TakesJson<ProposalRequest>(isRequired: true)
            .Gives<ProposalBody>(201, "The proposal, with its digest.").Gives<ProposalBody>(200, "It was made before.")
            .Refuses(400, 401, 403, 404, 409, 413, 503);
        group.MapPost("/cases/{id}/proposals/{no}/approve", (Delegate)cases.ApproveAsync)
            .WithSummary("Approve it as a second person (role approver)").WithDescription(Texts.Approval)
            .TakesJson<ApprovalRequest>(isRequired: true)
            .Gives<CaseBody>(200, "The case as decided.").Refuses(400, 401, 403, 404, 409, 413, 503);
        group.MapPost("/cases/{id}/proposals/{no}/reject", (Delegate)cases.RejectAsync)
            .WithSummary("Reject it as a second person (role approver)")
            .TakesJson<RejectionRequest>(isRequired: true)
            .Gives<CaseBody>(200, "The case.").Refuses(400, 401, 403, 404, 409, 413, 503);
    }

    private static void MapCluster(RouteGroupBuilder group, ClusterEndpoints cluster)
    {
        group.MapGet("/cluster", (Delegate)cluster.GetAsync)
            .WithSummary("The cluster as this node sees it").Gives<ClusterBody>(200, "The cluster.").Refuses(401);
        group.MapGet("/alerts", (Delegate)cluster.AlertsAsync)
            .WithSummary("Alerts that are active").Gives<ListBody<AlertBody>>(200, "The alerts.").Refuses(401);
        group.MapGet("/audit", (Delegate)cluster.AuditAsync)
            .WithSummary("What operators did: decisions about payments and changes of channels, newest first")
            .Gives<ListBody<AuditBody>>(200, "One page.").Refuses(400, 401);
    }
}
