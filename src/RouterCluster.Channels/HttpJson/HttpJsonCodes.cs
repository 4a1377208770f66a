using System.Collections.Frozen;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Channels.HttpJson;

/// <summary>Whether a code answers a submit or a query.</summary>
public enum HttpJsonPhase
{
    Submit,
    Query,
}

public enum HttpJsonStatus
{
    Other,
    Succeeded,
    Processing,
    Failed,
    NotFound,
}

public sealed record HttpJsonCode(HttpJsonPhase Phase, HttpJsonStatus Status, string Code, OutcomeClass Class, Landing Landing);

/// <summary>
/// A pair of status and code that is not listed for the phase is unknown. Submits and queries have separate rows because a
/// refused query is no evidence of its order.
/// </summary>
public static class HttpJsonCodes
{
    /// <summary>
    /// A signed refusal before the request was looked at. A submit so refused has no order; a query proves nothing.
    /// </summary>
    public const string TooFast = "TOO_FAST";

    public static readonly IReadOnlyList<HttpJsonCode> Rows =
    [
        new(HttpJsonPhase.Submit, HttpJsonStatus.Succeeded, "00", OutcomeClass.Success, Landing.Landed),
        new(HttpJsonPhase.Submit, HttpJsonStatus.Processing, "05", OutcomeClass.Processing, Landing.Landed),
        new(HttpJsonPhase.Submit, HttpJsonStatus.Failed, "51", OutcomeClass.CustomerFunds, Landing.Landed),
        new(HttpJsonPhase.Submit, HttpJsonStatus.Failed, "54", OutcomeClass.CustomerCard, Landing.Landed),
        new(HttpJsonPhase.Submit, HttpJsonStatus.Failed, "40", OutcomeClass.CustomerIdentity, Landing.Landed),
        new(HttpJsonPhase.Submit, HttpJsonStatus.Failed, "61", OutcomeClass.CustomerLimit, Landing.Landed),
        new(HttpJsonPhase.Submit, HttpJsonStatus.Failed, "60", OutcomeClass.IssuerDeclined, Landing.Landed),
        new(HttpJsonPhase.Submit, HttpJsonStatus.Failed, "38", OutcomeClass.Risk, Landing.Landed),
        new(HttpJsonPhase.Submit, HttpJsonStatus.Failed, "39", OutcomeClass.ChannelMaintenance, Landing.NotLanded),
        new(HttpJsonPhase.Submit, HttpJsonStatus.Failed, "33", OutcomeClass.ChannelLimit, Landing.NotLanded),
        new(HttpJsonPhase.Submit, HttpJsonStatus.Failed, "10", OutcomeClass.OurRequest, Landing.NotLanded),
        new(HttpJsonPhase.Submit, HttpJsonStatus.Failed, TooFast, OutcomeClass.ChannelThrottled, Landing.NotLanded),
        new(HttpJsonPhase.Submit, HttpJsonStatus.Failed, "12", OutcomeClass.DuplicateNo, Landing.Maybe),

        new(HttpJsonPhase.Query, HttpJsonStatus.Succeeded, "00", OutcomeClass.Success, Landing.Landed),
        new(HttpJsonPhase.Query, HttpJsonStatus.Processing, "05", OutcomeClass.Processing, Landing.Landed),
        new(HttpJsonPhase.Query, HttpJsonStatus.Failed, "51", OutcomeClass.CustomerFunds, Landing.Landed),
        new(HttpJsonPhase.Query, HttpJsonStatus.Failed, "54", OutcomeClass.CustomerCard, Landing.Landed),
        new(HttpJsonPhase.Query, HttpJsonStatus.Failed, "40", OutcomeClass.CustomerIdentity, Landing.Landed),
        new(HttpJsonPhase.Query, HttpJsonStatus.Failed, "61", OutcomeClass.CustomerLimit, Landing.Landed),
        new(HttpJsonPhase.Query, HttpJsonStatus.Failed, "60", OutcomeClass.IssuerDeclined, Landing.Landed),
        new(HttpJsonPhase.Query, HttpJsonStatus.Failed, "38", OutcomeClass.Risk, Landing.Landed),
        new(HttpJsonPhase.Query, HttpJsonStatus.Failed, "39", OutcomeClass.ChannelMaintenance, Landing.NotLanded),
        new(HttpJsonPhase.Query, HttpJsonStatus.Failed, "33", OutcomeClass.ChannelLimit, Landing.NotLanded),
        new(HttpJsonPhase.Query, HttpJsonStatus.Failed, "10", OutcomeClass.OurRequest, Landing.NotLanded),
        new(HttpJsonPhase.Query, HttpJsonStatus.NotFound, "34", OutcomeClass.NotFound, Landing.Maybe),
    ];

    private static readonly FrozenDictionary<(HttpJsonPhase Phase, HttpJsonStatus Status, string Code), HttpJsonCode> ByKey =
        Rows.ToDictionary(row => (row.Phase, row.Status, row.Code)).ToFrozenDictionary();

    private static readonly FrozenSet<string> KnownCodes = Rows.Select(row => row.Code).ToFrozenSet();

    /// <summary>Null: the table does not list the pair.</summary>
    public static HttpJsonCode? Find(HttpJsonPhase phase, HttpJsonStatus status, string code) =>
        ByKey.GetValueOrDefault((phase, status, code));

    public static bool IsListed(string code) => KnownCodes.Contains(code);
}
