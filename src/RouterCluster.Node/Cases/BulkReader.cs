using System.Text.Json;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Cases;

internal sealed record BulkDraft(CaseFilter Filter, ProposedOutcome Outcome, string Reason, string Evidence);

internal static class BulkReader
{
    public const long OldestSeconds = 10L * 365 * 24 * 3600;

    public static readonly string[] FilterNames = ["channel", "merchant", "reason", "older_than", "product", "max_amount"];

    private static readonly string[] Names = ["filter", "outcome", "reason", "evidence"];
    private static readonly CaseReason[] Reasons = Enum.GetValues<CaseReason>();

    public static readonly TextRule CaseReasonName = TextRule.OneOf([.. Reasons.Select(reason => reason.Name())]);

    public static readonly TextRule ProductName = TextRule.OneOf([.. ProductNames.All]);

    public static BulkDraft? Read(JsonElement json, FieldErrors errors)
    {
        var fields = new ObjectFields(json, "", Names, errors);
        var filter = fields.Section("filter", isRequired: true) is { } section ? ReadFilter(section, errors) : null;
        var outcome = fields.Text("outcome", ProposalReader.Outcome, isRequired: true);
        var reason = fields.Text("reason", ProposalReader.Reason, isRequired: true);
        var evidence = fields.Text("evidence", ProposalReader.Evidence, isRequired: true);
        if (filter is { IsEmpty: true } && !errors.Any)
        {
            errors.Add("filter", "must narrow the list by something");
        }

        return errors.Any ? null : new BulkDraft(filter!, ProposalReader.Known(outcome!), reason!, evidence!);
    }

    private static CaseFilter ReadFilter(JsonElement json, FieldErrors errors)
    {
        var fields = new ObjectFields(json, "filter.", FilterNames, errors);
        var reason = fields.Text("reason", CaseReasonName, isRequired: false);
        return new CaseFilter(
            fields.Text("channel", TextRule.Id, isRequired: false) is { } channel ? new ChannelId(channel) : null,
            fields.Text("merchant", TextRule.Id, isRequired: false) is { } merchant ? new MerchantId(merchant) : null,
            reason is null ? null : Reasons.First(known => known.Name() == reason),
            fields.Whole("older_than", 1, OldestSeconds, isRequired: false) is { } age ? TimeSpan.FromSeconds(age) : null,
            ProductNames.Parse(fields.Text("product", ProductName, isRequired: false)),
            fields.Whole("max_amount", 1, long.MaxValue, isRequired: false));
    }
}
