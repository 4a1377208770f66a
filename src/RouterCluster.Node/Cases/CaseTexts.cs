namespace RouterCluster.Node.Cases;

internal static class CaseTexts
{
    public const string Proposal = """
        What one person wants to become of a payment that is suspended or has an open case; the id is the payment's.
        `succeeded` and `failed` end it, or correct a final state; `keep_asking` sends a suspended one back to be asked about;
        `release` sends what was suspended as a duplicate before anything had left; its `expires_in` counts from then.
        Reason (at most 500 characters) and evidence (2000) are kept for ever, so they must not hold card numbers.

        Changes nothing until another person with the role approver approves it, within `router.decisions.expires-after`.
        A decided payment is never sent again. Evidence that contradicts the ruling later opens a new case.
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
}
