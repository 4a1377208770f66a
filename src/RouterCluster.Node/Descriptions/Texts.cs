using RouterCluster.Node.Merchants;

namespace RouterCluster.Node.Descriptions;

internal static class Texts
{
    public const string Api = """
        Routes payments to payment companies. Amounts are whole minor units (fen). Times are RFC 3339, UTC, milliseconds.
        Errors are RFC 9457 problems with a stable `code`; validation names every wrong field in `errors`.

        Every answer has a `Request-Id`: the request's own `Request-Id` or `X-Request-Id` where that is 1 to 64 letters, digits,
        `-` and `_`, and otherwise one that the router makes. Problems repeat it as `request_id`, and so does the router's log.
        """;

    public const string RequestId = "Names the request, as its sender or the router has named it.";

    public static readonly IReadOnlyList<(string Header, string Says)> Rates =
    [
        (RateHeaders.Limit, "For a merchant with a rate: how many payments may come at once when none came for a while."),
        (RateHeaders.Remaining, "For a merchant with a rate: how many may come now, as far as this node has heard."),
        (RateHeaders.Reset, "For a merchant with a rate: seconds until it is whole again."),
    ];

    public const string Webhook = """
        A payment has come to a state that its merchant is told of: `payment.succeeded`, `payment.failed`, `payment.returned`
        or `payment.suspended`. Sent to the payment's `notify_url` or else the merchant's, as
        Standard Webhooks 1.0.0 says: `webhook-id`, `webhook-timestamp` and
        `webhook-signature` (one `v1,` signature for each configured secret, any of which may be checked).

        At least once, in no promised order: `webhook-id` is the same at every attempt, and the body's bytes are. Any 2xx
        within the time limit counts as delivered, a redirect does not, 410 stops all webhooks to that URL.
        Everything else is tried again at once, after 15 s, 1 m, 5 m, 15 m, 1 h, 3 h, 12 h and 24 h unless configured
        otherwise, later where 429 or 503 say so with `Retry-After`. A state that the payment left again before it could be
        told is told by the state that followed.
        """;
}
