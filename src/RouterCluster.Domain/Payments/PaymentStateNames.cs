namespace RouterCluster.Domain.Payments;

/// <summary>The states' names in the API and in metrics.</summary>
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
    };
}
