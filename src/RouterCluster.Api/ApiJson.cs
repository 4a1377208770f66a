using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>
/// The form of every body: snake_case, nulls written unless a record says otherwise, times as in <see
/// cref="UtcMillisecondsConverter"/>. A body that lacks a field is refused instead of read as null.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcMillisecondsConverter)],
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PaymentBody))]
[JsonSerializable(typeof(ChannelBody))]
[JsonSerializable(typeof(ChannelChangeRequest))]
[JsonSerializable(typeof(ChannelPatchRequest))]
[JsonSerializable(typeof(ExclusionRequest))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
[JsonSerializable(typeof(CaseBody))]
[JsonSerializable(typeof(ProposalBody))]
[JsonSerializable(typeof(ProposalRequest))]
[JsonSerializable(typeof(ApprovalRequest))]
[JsonSerializable(typeof(RejectionRequest))]
[JsonSerializable(typeof(BulkBody))]
[JsonSerializable(typeof(BulkProposalRequest))]
[JsonSerializable(typeof(ExplainBody))]
[JsonSerializable(typeof(TimelineBody))]
[JsonSerializable(typeof(ClusterBody))]
[JsonSerializable(typeof(MemberChangeRequest))]
[JsonSerializable(typeof(MemberDownRequest))]
[JsonSerializable(typeof(ConfigurationBody))]
[JsonSerializable(typeof(ConfigurationDifferenceBody))]
[JsonSerializable(typeof(ListBody<ConfigurationVersionBody>), TypeInfoPropertyName = "ConfigurationVersionList")]
[JsonSerializable(typeof(PoliciesBody))]
[JsonSerializable(typeof(DecidedGatewayBody))]
[JsonSerializable(typeof(GatewayScoreBody))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(ChecksBody))]
[JsonSerializable(typeof(ListBody<PaymentBody>), TypeInfoPropertyName = "PaymentList")]
[JsonSerializable(typeof(ListBody<ChannelBody>), TypeInfoPropertyName = "ChannelList")]
[JsonSerializable(typeof(ListBody<CaseBody>), TypeInfoPropertyName = "CaseList")]
[JsonSerializable(typeof(ListBody<BulkBody>), TypeInfoPropertyName = "BulkList")]
[JsonSerializable(typeof(ListBody<BulkItemBody>), TypeInfoPropertyName = "BulkItemList")]
[JsonSerializable(typeof(ListBody<NoticeBody>), TypeInfoPropertyName = "NoticeList")]
[JsonSerializable(typeof(ListBody<AlertBody>), TypeInfoPropertyName = "AlertList")]
[JsonSerializable(typeof(MoversBody))]
[JsonSerializable(typeof(CodesBody))]
[JsonSerializable(typeof(UnknownPaymentsBody))]
[JsonSerializable(typeof(AskRunBody))]
[JsonSerializable(typeof(AskedBody))]
[JsonSerializable(typeof(AskRequest))]
[JsonSerializable(typeof(AskUnknownRequest))]
[JsonSerializable(typeof(CancelRequest))]
[JsonSerializable(typeof(AlertBody))]
[JsonSerializable(typeof(MuteRequest))]
[JsonSerializable(typeof(WebhookBody))]
[JsonSerializable(typeof(WebhookTestedBody))]
[JsonSerializable(typeof(WebhookTestBody))]
[JsonSerializable(typeof(WebhooksResentBody))]
[JsonSerializable(typeof(ListBody<EventBody>), TypeInfoPropertyName = "EventList")]
[JsonSerializable(typeof(ListBody<RouterEventBody>), TypeInfoPropertyName = "RouterEventList")]
[JsonSerializable(typeof(NotificationBody))]
[JsonSerializable(typeof(NotificationsEnabledBody))]
[JsonSerializable(typeof(ListBody<NotificationBody>), TypeInfoPropertyName = "NotificationList")]
[JsonSerializable(typeof(ListBody<AuditBody>), TypeInfoPropertyName = "AuditList")]
public sealed partial class ApiJson : JsonSerializerContext;
