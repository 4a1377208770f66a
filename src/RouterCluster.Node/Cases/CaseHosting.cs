using Akka.Hosting;
using Microsoft.OpenApi;
using RouterCluster.Api;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Descriptions;

namespace RouterCluster.Node.Cases;

internal static class CaseHosting
{
    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<OpenCases>().AddSingleton<CaseSearch>().AddSingleton<LocalRunner>()
        .AddSingleton<ICaseList, CaseList>()
        .AddSingleton<IBulkProposals, BulkProposals>()
        .AddSingleton<CaseEndpoints>().AddSingleton<BulkEndpoints>();

    /// <summary>One runner in the whole cluster; it continues with the lists that a stop has left unfinished.</summary>
    public static AkkaConfigurationBuilder WithCases(this AkkaConfigurationBuilder akka, IServiceProvider services) => akka
        .AddHocon(CaseSerializer.Hocon, HoconAddMode.Append)
        .WithOwnedSingleton<BulkRunActor>(
            services, "bulk-decisions",
            registry => BulkRunActor.Props(
                registry.Get<IBookMessage>(), services.GetRequiredService<BulkStore>(),
                services.GetRequiredService<CaseSettings>(), services.GetRequiredService<LocalRunner>()));

    public static void MapCases(this IEndpointRouteBuilder operators)
    {
        var cases = operators.ServiceProvider.GetRequiredService<CaseEndpoints>();
        operators.MapGet("/cases", (Delegate)cases.ListAsync)
            .WithSummary("Payments that people have to decide, the oldest first")
            .TakesPages()
            .Gives<ListBody<CaseBody>>(200, "One page.").Refuses(Problems.Lookups);
        operators.MapGet("/cases/{id}", (Delegate)cases.GetAsync)
            .WithSummary("One case, decided ones too; the id is the payment's")
            .TakesPaymentId()
            .Gives<CaseBody>(200, "The case.").Refuses([.. Problems.Lookups, "not_found", "in_progress"]);
        operators.MapPost("/cases/{id}/proposals", (Delegate)cases.ProposeAsync)
            .WithSummary("Propose how it is decided (role operator)").WithDescription(CaseTexts.Proposal)
            .TakesPaymentId()
            .TakesJson(CaseBodies.Proposal)
            .Gives<ProposalBody>(201, "The proposal, with its digest.").Gives<ProposalBody>(200, "It was made before.")
            .Refuses(Problems.Decisions);
        operators.MapPost("/cases/{id}/proposals/{no}/approve", (Delegate)cases.ApproveAsync)
            .WithSummary("Approve it as a second person (role approver)").WithDescription(CaseTexts.Approval)
            .TakesPaymentId().Takes("no", No(), _ => "1")
            .TakesJson(CaseBodies.Approval)
            .Gives<CaseBody>(200, "The case as decided.").Refuses(Problems.Settlements);
        operators.MapPost("/cases/{id}/proposals/{no}/reject", (Delegate)cases.RejectAsync)
            .WithSummary("Reject it as a second person (role approver)")
            .TakesPaymentId().Takes("no", No(), _ => "1")
            .TakesJson(CaseBodies.Rejection)
            .Gives<CaseBody>(200, "The case.").Refuses(Problems.Settlements);
        MapBulk(
            operators.MapGroup("/cases/bulk-proposals"), operators.ServiceProvider.GetRequiredService<BulkEndpoints>());
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

    private static OpenApiSchema No() => Shapes.Whole(1, int.MaxValue, "The proposal's number.");
}
