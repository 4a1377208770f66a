namespace RouterCluster.Node.Descriptions;

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
        4xx or 5xx means that this request stored nothing and that nothing will be sent for it. `merchant_limit`, 403 for the
        product, `no_route` and `no_channel` say so of the number: they never meet one that is known. `overloaded` and
        `shutting_down` did not look: what an earlier request with the same number stored is stored still.

        When the router is full, whoever waits longest for a result is answered with the payment as it is.
        Sandbox and live keys have order numbers of their own.

        The body is `application/json` in UTF-8, at most 64 KiB; another content type is 400 `invalid`, field `content-type`.
        A `notify_url` needs a notify-secret configured for the merchant; what is sent to it stands under Webhooks.
        """;

    public const string Webhook = """
        A payment has come to a state that its merchant is told of: `payment.succeeded`, `payment.failed`, `payment.returned`
        or `payment.suspended`. Sent to the payment's `notify_url` or else the merchant's, as
        Standard Webhooks 1.0.0 says: `webhook-id`, `webhook-timestamp` and
        `webhook-signature` (one `v1,` signature for each configured secret, any of which may be checked).

        At least once, in no promised order: `webhook-id` is the same at every attempt, and the body's bytes are. Any 2xx
        within the time limit counts as delivered, a redirect does not, 410 stops all notifications to that URL.
        Everything else is tried again at once, after 15 s, 1 m, 5 m, 15 m, 1 h, 3 h, 12 h and 24 h unless configured
        otherwise, later where 429 or 503 say so with `Retry-After`. A state that the payment left again before it could be
        told is told by the state that followed.
        """;

    public const string NotificationLog = """
        By `merchant`, `payment` (its id) and `state`: `pending`, `delivered`, `failed` (given up after the last attempt) or
        `held` (the URL answered 410). `last_error` says why there was no answer: `timeout`, `not_connected`,
        `connection_lost`, `name_not_found`, `tls_failed`, or `address_refused` for a URL that leads where merchants may not
        have us call.
        """;

    public const string Resend = """
        Whatever its state: it is due at once, the schedule begins anew, and `webhook-id` stays. A URL that answered 410 has
        to be enabled first, or the notification is held again.
        """;

    public const string Proposal = """
        What one person wants to become of a payment that is suspended or has an open case; the id is the payment's.
        `succeeded` and `failed` end it, or correct a final state; `keep_asking` sends a suspended one back to be asked about;
        `release` sends what was suspended as a duplicate before anything had left; its `expires_in` counts from then.
        Reason (at most 500 characters) and evidence (2000) are kept for ever, so they must not hold card numbers.

        Changes nothing until another person with the role approver approves it, within `router.decisions.expires-after`.
        A decided payment is never sent again. Evidence that contradicts the decision later opens a new case.
        The same proposal again, while it is pending, is the same proposal (200).
        """;

    public const string Approval = """
        The proposal's `digest`, or any body, may be left out: it stands for the payment's state, attempts and cases as the
        proposer saw them, and for the proposal. 409 `digest_mismatch` when another is sent, 409 `content_changed` when the
        payment is no longer that. 403 `same_person`: nobody settles an own proposal, under whatever name with the same token.
        """;

    public const string BulkProposal = """
        Freezes the list of cases that the filter takes (at most `router.decisions.bulk-most`), answers its count, sum and
        digest. The filter narrows by at least one of `channel`, `merchant`, `reason` of the case, `older_than` in seconds,
        `product`, `max_amount`.

        Another person approves the list with its digest. Each payment is then decided by the rules of one, in the
        background and over restarts; one that has changed since it was frozen is refused, and the others are not touched
        by that. `progress` counts, `/items` names each refusal.
        """;

    public const string Notice = """
        The raw body and its headers as the channel's protocol has them; `http-json`: `X-Timestamp` and `X-Signature` over
        timestamp, dot and raw body, and the body of an answer, at most 64 KiB.

        200 when what it says is stored: by the order's payment, or among the notices of unknown orders. It may come before
        the order's own answer, twice, or late. A payout's end is believed when a query confirms it.
        401 `bad_signature` for a wrong signature, 401 `stale_timestamp` for a right one whose time is more than 5 minutes off.
        429 and 503: send it again.
        """;
}
