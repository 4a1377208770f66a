namespace RouterCluster.Domain.Payments;

public static class PaymentStateNames
{
    public static string Name(this PaymentState state) => state switch
    {
        PaymentState.Accepted => "accepted",
        PaymentState.Processing => "processing",
        PaymentState.ActionRequired => "action_required",
        PaymentState.Suspended => "suspended",
        PaymentState.Succeeded => "succeeded",
        PaymentState.Failed => "failed",
        PaymentState.Returned => "returned",
        PaymentState.Closed => "closed",
    };

    public static bool IsTold(this PaymentState state) => state switch
    {
        PaymentState.Succeeded or PaymentState.Failed or PaymentState.Returned or PaymentState.Suspended => true,
        PaymentState.Accepted or PaymentState.Processing or PaymentState.ActionRequired or PaymentState.Closed => false,
    };

    public static string Name(this AttemptState state) => state switch
    {
        AttemptState.Processing => "processing",
        AttemptState.Succeeded => "succeeded",
        AttemptState.Failed => "failed",
    };

    public static string Name(this CaseReason reason) => reason switch
    {
        CaseReason.LateSuccess => "late_success",
        CaseReason.LateFailure => "late_failure",
        CaseReason.PayoutNotFound => "payout_not_found",
        CaseReason.LandedNotFound => "landed_not_found",
        CaseReason.NoticeContradicted => "notice_contradicted",
        CaseReason.UnknownTooLong => "unknown_too_long",
        CaseReason.Duplicate => "duplicate",
        CaseReason.SecondSuccess => "second_success",
        CaseReason.NotFoundElsewhere => "not_found_elsewhere",
    };

    /// <summary>The case is about a missing report: whatever ends the attempt closes it.</summary>
    public static bool IsOfSilence(this CaseReason reason) => reason switch
    {
        CaseReason.PayoutNotFound or CaseReason.LandedNotFound or CaseReason.UnknownTooLong => true,
        CaseReason.NotFoundElsewhere => true,
        CaseReason.LateSuccess or CaseReason.LateFailure => false,
        CaseReason.NoticeContradicted or CaseReason.Duplicate or CaseReason.SecondSuccess => false,
    };

    public static string Name(this ProposedOutcome outcome) => outcome switch
    {
        ProposedOutcome.Succeeded => "succeeded",
        ProposedOutcome.Failed => "failed",
        ProposedOutcome.KeepAsking => "keep_asking",
        ProposedOutcome.Release => "release",
    };

    public static string Name(this ProposalState state) => state switch
    {
        ProposalState.Pending => "pending",
        ProposalState.Approved => "approved",
        ProposalState.Rejected => "rejected",
        ProposalState.Expired => "expired",
    };
}
