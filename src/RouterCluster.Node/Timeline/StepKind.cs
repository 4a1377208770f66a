namespace RouterCluster.Node.Timeline;

/// <summary>What a step of a payment's story is about.</summary>
internal static class StepKind
{
    public const string Accepted = "accepted";
    public const string Route = "route";
    public const string Send = "send";

    /// <summary>The order waits in its channel's lane, or has come back from it unsent.</summary>
    public const string Lane = "lane";

    /// <summary>The channel's answer to the order itself.</summary>
    public const string Answer = "answer";

    public const string Query = "query";
    public const string Notice = "notice";
    public const string Case = "case";
    public const string Proposal = "proposal";
    public const string Ruling = "ruling";
    public const string State = "state";
    public const string Operator = "operator";
    public const string Webhook = "webhook";

    public static readonly IReadOnlyList<string> All =
        [Accepted, Route, Send, Lane, Answer, Query, Notice, Case, Proposal, Ruling, State, Operator, Webhook];
}
