using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RouterCluster.Api;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Maintenance;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Descriptions;

/// <summary>The possible words of fields in answers, taken from the domain's names.</summary>
internal static class AnswerWords
{
    private static readonly string[] Products = [.. ProductNames.All];
    private static readonly string[] PaymentStates = Names<PaymentState>(state => state.Name());
    private static readonly string[] Classes = Names<OutcomeClass>(@class => @class.Name());
    private static readonly string[] Outcomes = Names<ProposedOutcome>(outcome => outcome.Name());
    private static readonly string[] ProposalStates = [.. Names<ProposalState>(state => state.Name()), CaseView.Superseded];
    private static readonly string[] Health = ["ok", "unavailable"];

    private static readonly Dictionary<(Type Body, string Field), string[]> Known = new()
    {
        [(typeof(PaymentBody), "product")] = Products,
        [(typeof(PaymentBody), "state")] = PaymentStates,
        [(typeof(FailureBody), "class")] = Classes,
        [(typeof(AttemptBody), "state")] = [PaymentState.Accepted.Name(), .. Names<AttemptState>(state => state.Name())],
        [(typeof(AttemptBody), "class")] = Classes,
        [(typeof(FirstOutcomeBody), "class")] = Classes,
        [(typeof(WebhookBody), "type")] = Names<NotificationType>(type => type.Name()),
        [(typeof(NotificationBody), "type")] = Names<NotificationType>(type => type.Name()),
        [(typeof(NotificationBody), "state")] = [.. Names<NotificationState>(state => state.Name()), WebhookEntry.Unsent],
        [(typeof(EventBody), "type")] = Names<NotificationType>(type => type.Name()),
        [(typeof(ChannelBody), "lifecycle")] = Names<ChannelLifecycle>(lifecycle => lifecycle.Name()),
        [(typeof(LaneBody), "breaker")] = Names<BreakerState>(breaker => breaker.Name()),
        [(typeof(OutageBody), "level")] = Names<OutageLevel>(level => level.Name())[1..],
        [(typeof(ClosedBody), "why")] = Names<ClosingReason>(why => why.Name()),
        [(typeof(MaintenanceBody), "source")] = MaintenanceView.Sources,
        [(typeof(DowntimeBody), "product")] = Products,
        [(typeof(CaseReasonBody), "reason")] = Names<CaseReason>(reason => reason.Name()),
        [(typeof(ProposalBody), "outcome")] = Outcomes,
        [(typeof(ProposalBody), "state")] = ProposalStates,
        [(typeof(BulkBody), "outcome")] = Outcomes,
        [(typeof(BulkBody), "state")] = ProposalStates,
        [(typeof(BulkItemBody), "state")] = Names<BulkItemState>(state => state.Name()),
        [(typeof(CaseFilterBody), "reason")] = Names<CaseReason>(reason => reason.Name()),
        [(typeof(CaseFilterBody), "product")] = Products,
        [(typeof(ExclusionBody), "reason")] = Names<Exclusion>(reason => reason.Name()),
        [(typeof(PolicyBody), "role")] = Names<PolicyRole>(PolicyEndpoints.NameOf),
        [(typeof(HealthBody), "status")] = Health,
        [(typeof(HealthBody), "counters")] = ["ok", "degraded"],
        [(typeof(HealthCheckBody), "status")] = Health,
        [(typeof(ProblemBody), "code")] = [.. Problems.ByCode.Keys, "method_not_allowed"],
    };

    public static Task AddAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonPropertyInfo is { } field && Known.TryGetValue((field.DeclaringType, field.Name), out var words))
        {
            schema.Enum = [.. words.Select(word => (JsonNode)JsonValue.Create(word))];
            if (schema.Type?.HasFlag(JsonSchemaType.Null) == true)
            {
                schema.Enum.Add(JsonNullSentinel.JsonNull);
            }
        }

        return Task.CompletedTask;
    }

    private static string[] Names<T>(Func<T, string> nameOf)
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(nameOf)];
}
