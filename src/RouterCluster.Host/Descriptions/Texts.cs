namespace RouterCluster.Host.Descriptions;

/// <summary>What the API's description says at length.</summary>
internal static class Texts
{
    public const string Api = """
        Routes payments to payment companies. Amounts are whole minor units (fen). Times are RFC 3339, UTC, milliseconds.
        Errors are RFC 9457 problems with a stable `code`; validation names every wrong field in `errors`.
        """;

    public const string NewPayment = """
        `order_no` is the merchant's own number and the idempotency key: the same number with the same content is the same
        payment (200), with other content 422 `idempotency_mismatch`. White space, the order of fields and spelt-out defaults
        do not count as content.

        Waits for the result as `Prefer: wait=N` says, then answers with the state as it is.
        A declined payment is 201 with state `failed`.

        409 `in_progress`: nobody can know at the moment whether it was stored; ask again with the same number. Every other
        4xx or 5xx means that this request stored nothing and that nothing will be sent for it. An earlier request with
        the same number is not touched by that: 429 `merchant_limit` for rate and requests at once may also meet a repeat.
        Amount limits never refuse a number that is known.

        The body is `application/json` in UTF-8, at most 64 KiB; another content type is 400 `invalid`, field `content-type`.
        A `notify_url` needs a notify-secret configured for the merchant.
        """;

    public const string Notice = """
        The raw body and its headers as the channel's protocol has them; `http-json`: `X-Timestamp` and `X-Signature` over
        timestamp, dot and raw body, and the body of an answer, at most 64 KiB.

        200 when what it says is stored: by the order's payment, or among the notices of unknown orders. It may come before
        the order's own answer, twice, or late. A payout's end is believed when a query confirms it.
        401 `bad_signature` for a wrong signature or a timestamp more than 5 minutes off. 429 and 503: send it again.
        """;

    public static string OfRefusal(int status) => status switch
    {
        400 => "`invalid`: the request is not valid; `errors` names every wrong field.",
        401 => "`unauthorized`: the key is missing or not known; `bad_signature` of a notification.",
        403 => "Not allowed: `address_not_allowed`, `product_not_allowed`, `approval_required`, or `forbidden` by role.",
        404 => "`not_found`: there is no such thing for this caller.",
        408 => "`too_slow`: the body did not come in time.",
        409 => "`in_progress`: whether it was stored is not known; ask again with the same number after `Retry-After`.",
        413 => "`too_large`: the body is above 64 KiB.",
        422 => "`no_route`: no configured channel could ever take it; `idempotency_mismatch`: the number is taken.",
        429 => "`merchant_limit`, or `rate_limit` of notifications: a limit is reached; `Retry-After` says until when.",
        503 => "Not now: `no_channel`, `overloaded`, `unavailable` or `shutting_down`, with `Retry-After`.",
        _ => "`internal`: the router made a mistake before anything was stored.",
    };
}
