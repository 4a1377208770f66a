namespace RouterCluster.Node.Platform.Descriptions;

/// <summary>What a stable code of a refusal means, for the description of each endpoint that may answer with it.</summary>
internal sealed record Problem(int Status, string Code, string Says);

/// <summary>Every code that clients may meet, and the sets in which endpoints share them.</summary>
internal static class Problems
{
    /// <summary>Any request may be malformed, and any code may have a mistake.</summary>
    public static readonly string[] Any = ["invalid", "internal"];

    public static readonly string[] Merchants =
        [.. Any, "unauthorized", "too_many_wrong_tokens", "address_not_allowed", "overloaded"];

    public static readonly string[] NewPayment =
    [
        .. Merchants, "product_not_allowed", "approval_required", "in_progress", "too_large", "no_route", "idempotency_mismatch",
        "merchant_limit", "no_channel", "shutting_down",
    ];

    public static readonly string[] Viewers = [.. Any, "unauthorized", "too_many_wrong_tokens", "cross_site"];

    /// <summary>Looking at what the database or another part of the router has.</summary>
    public static readonly string[] Lookups = [.. Viewers, "unavailable"];

    public static readonly string[] Changes = [.. Lookups, "forbidden", "not_found"];

    public static readonly string[] AlertChanges = [.. Changes, "too_large", "alert_resolved"];

    public static readonly string[] ChannelChanges = [.. Changes, "too_large"];

    public static readonly string[] MemberChanges = [.. ChannelChanges, "last_node", "node_unreachable", "node_answers"];

    /// <summary>Why a payment is not cancelled.</summary>
    public static readonly string[] Uncancelled =
        ["not_found", "in_progress", "already_sent", "already_decided", "result_unknown", "still_sending", "too_large"];

    /// <summary>Proposals, and what becomes of them.</summary>
    public static readonly string[] Decisions =
    [
        .. Changes, "too_large", "in_progress", "nothing_to_decide", "nothing_to_ask", "nothing_to_release", "nothing_was_sent",
        "still_sending", "too_many_proposals",
    ];

    public static readonly string[] Settlements =
        [.. Decisions, "same_person", "proposal_settled", "proposal_expired", "digest_mismatch", "content_changed"];

    public static readonly string[] Lists =
        [.. Lookups, "forbidden", "too_large", "nothing_matches", "too_many", "several_currencies"];

    public static readonly string[] Notices =
    [
        .. Any, "bad_signature", "stale_timestamp", "address_not_allowed", "not_found", "too_slow", "too_large", "rate_limit",
        "overloaded", "unavailable", "shutting_down",
    ];

    public static readonly IReadOnlyDictionary<string, Problem> ByCode = new Problem[]
    {
        new(400, "invalid", "the request is not valid; `errors` names every wrong field"),
        new(401, "unauthorized", "the key is missing or not known"),
        new(401, "bad_signature", "the notice's signature is wrong"),
        new(401, "stale_timestamp", "the signature is right, its time is more than 5 minutes off"),
        new(403, "address_not_allowed", "requests from this address are not allowed"),
        new(403, "product_not_allowed", "the product is not enabled for the merchant"),
        new(403, "approval_required", "payouts of real money need approval, which is not configured"),
        new(403, "forbidden", "the operator's roles do not permit it"),
        new(403, "cross_site", "the request has a session instead of a token, and is not the console page's own"),
        new(403, "same_person", "who proposed it cannot settle it"),
        new(404, "not_found", "there is no such thing for this caller"),
        new(408, "too_slow", "the body did not come in time"),
        new(409, "in_progress", "whether it was stored is not known: ask again, with the same number, after `Retry-After`"),
        new(409, "channel_retired", "the configuration retires the channel; no operator can change it"),
        new(409, "too_many_exclusions", "no channel can have so many exclusions"),
        new(409, "not_served", "the channel takes no such payments: nothing would be switched off"),
        new(409, "too_many_maintenances", "no channel can have so much planned maintenance"),
        new(409, "asking_already", "the channel is being asked about all its unknown payments"),
        new(409, "alert_resolved", "the alert is over: there is nothing to mute"),
        new(409, "last_node", "no other node of the cluster could take over"),
        new(409, "node_unreachable", "the node does not answer; `down` lets the cluster go on without it"),
        new(409, "node_answers", "the node answers: `drain` it, or say `force`"),
        new(409, "nothing_to_decide", "the payment is not suspended and has no open case"),
        new(409, "nothing_to_ask", "no attempt is open that could be asked about"),
        new(409, "nothing_to_release", "only what was suspended before anything was sent can be released"),
        new(409, "nothing_was_sent", "what was never sent cannot have succeeded"),
        new(409, "still_sending", "the order may still be on its way to the channel"),
        new(409, "already_sent", "an earlier order of the payment was sent, or may have been"),
        new(409, "already_decided", "the payment has ended otherwise"),
        new(409, "result_unknown", "an order of the payment may have been sent, and how it ended is not known"),
        new(409, "too_many_proposals", "the payment has too many proposals"),
        new(409, "proposal_settled", "the proposal was approved or rejected already"),
        new(409, "proposal_expired", "the proposal has expired"),
        new(409, "digest_mismatch", "the digest is not the proposal's"),
        new(409, "content_changed", "the payment has changed since the proposal"),
        new(409, "nothing_matches", "no case fits the filter"),
        new(413, "too_large", "the body is above 64 KiB, or a configuration above 1 MiB"),
        new(422, "configuration_refused", "the configuration cannot be in force; `errors` names every wrong key"),
        new(422, "no_route", "no configured channel could ever take it; `detail` says what rules them out"),
        new(422, "idempotency_mismatch", "a payment of other content has this number"),
        new(422, "too_many", "more cases fit the filter than a list may hold"),
        new(422, "several_currencies", "the payments are of several currencies"),
        new(429, "merchant_limit", "a limit of the merchant is reached"),
        new(429, "rate_limit", "more notices than are taken at once"),
        new(429, "too_many_wrong_tokens", "too many wrong tokens came from this address; none was looked at"),
        new(429, "trace_running", "another trace is being exported"),
        new(500, "internal", "the router made a mistake"),
        new(503, "no_channel", "no channel can take it now, and nothing was stored; `Retry-After` says when one may"),
        new(503, "overloaded", "the router is full and did not look at it"),
        new(503, "unavailable", "it cannot be looked up, or done, at the moment"),
        new(503, "shutting_down", "this node is stopping"),
    }.ToDictionary(problem => problem.Code, StringComparer.Ordinal);

    /// <summary>Statuses with which <c>Retry-After</c> comes, always or often.</summary>
    public static bool MayRetry(int status) => status is 409 or 429 or 503;
}
