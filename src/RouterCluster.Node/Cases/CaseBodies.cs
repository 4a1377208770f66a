using Microsoft.OpenApi;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Cases;

internal static class CaseBodies
{
    private const string NoCards = "Must not hold a card number.";

    public static readonly RequestBody Proposal = new(
        "ProposalRequest",
        Shapes.Object("How a case is to be decided, and why.", ["outcome", "reason", "evidence"], new()
        {
            ["outcome"] = Shapes.Text(ProposalReader.Outcome),
            ["reason"] = Shapes.Text(ProposalReader.Reason, NoCards),
            ["evidence"] = Shapes.Text(ProposalReader.Evidence, NoCards),
        }),
        RequestBody.Parse(
            """{ "outcome": "failed", "reason": "a duplicate, says the merchant", "evidence": "mail, 2 December" }"""));

    public static readonly RequestBody Approval = new(
        "ApprovalRequest",
        Shapes.Object("The digest of what was seen, or none, and why it is approved.", [], new()
        {
            ["digest"] = Shapes.Text(ProposalReader.Digest).OrNull(),
            ["reason"] = Shapes.Text(ProposalReader.Reason, NoCards).OrNull(),
        }),
        RequestBody.Parse("""{ "digest": null }"""))
    {
        IsRequired = false,
    };

    public static readonly RequestBody Rejection = new(
        "RejectionRequest",
        Shapes.Object("Why it is rejected.", [], new() { ["reason"] = Shapes.Text(ProposalReader.Reason, NoCards).OrNull() }),
        RequestBody.Parse("""{ "reason": "the statement is of another day" }"""))
    {
        IsRequired = false,
    };

    public static readonly RequestBody BulkProposal = new(
        "BulkProposalRequest",
        Shapes.Object("Which cases are to be decided together, how, and why.", ["filter", "outcome", "reason", "evidence"], new()
        {
            ["filter"] = Filter(),
            ["outcome"] = Shapes.Text(ProposalReader.Outcome),
            ["reason"] = Shapes.Text(ProposalReader.Reason, NoCards),
            ["evidence"] = Shapes.Text(ProposalReader.Evidence, NoCards),
        }),
        RequestBody.Parse("""
            { "filter": { "merchant": "demo" }, "outcome": "failed", "reason": "duplicates of one batch",
              "evidence": "mail of 2 December" }
            """));

    public static readonly RequestBody BulkApproval = new(
        "BulkApprovalRequest",
        Shapes.Object("The digest of the list that was seen, and why it is approved.", ["digest"], new()
        {
            ["digest"] = Shapes.Text(ProposalReader.Digest),
            ["reason"] = Shapes.Text(ProposalReader.Reason, NoCards).OrNull(),
        }),
        RequestBody.Parse("""{ "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }"""));

    public static readonly RequestBody BulkRejection = new(
        "BulkRejectionRequest",
        Shapes.Object("Why the list is rejected.", ["reason"], new()
        {
            ["reason"] = Shapes.Text(ProposalReader.Reason, NoCards),
        }),
        RequestBody.Parse("""{ "reason": "two of them are no duplicates" }"""));

    private static OpenApiSchema Filter() => Shapes.Object("Narrows by at least one of these.", [], new()
    {
        ["channel"] = Shapes.Text(TextRule.Id).OrNull(),
        ["merchant"] = Shapes.Text(TextRule.Id).OrNull(),
        ["reason"] = Shapes.Text(BulkReader.CaseReasonName).OrNull(),
        ["older_than"] = Shapes.Whole(1, BulkReader.OldestSeconds, "Seconds since it was accepted.").OrNull(),
        ["product"] = Shapes.Text(BulkReader.ProductName).OrNull(),
        ["max_amount"] = Shapes.Whole(1, long.MaxValue).OrNull(),
    }).Some(isNullAValue: false, BulkReader.FilterNames);
}
