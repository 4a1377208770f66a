namespace RouterCluster.Domain.Outcomes;

/// <summary>The classes' and landings' names in the API, in metrics and in logs.</summary>
public static class OutcomeNames
{
    public static string Name(this OutcomeClass @class) => @class switch
    {
        OutcomeClass.Success => "success",
        OutcomeClass.Accepted => "accepted",
        OutcomeClass.Processing => "processing",
        OutcomeClass.WaitCustomer => "wait_customer",
        OutcomeClass.WaitConfirm => "wait_confirm",
        OutcomeClass.CustomerFunds => "customer_funds",
        OutcomeClass.CustomerCard => "customer_card",
        OutcomeClass.CustomerIdentity => "customer_identity",
        OutcomeClass.CustomerCredential => "customer_credential",
        OutcomeClass.CustomerLimit => "customer_limit",
        OutcomeClass.IssuerDeclined => "issuer_declined",
        OutcomeClass.ChannelLimit => "channel_limit",
        OutcomeClass.NotSupported => "not_supported",
        OutcomeClass.ChannelMaintenance => "channel_maintenance",
        OutcomeClass.ChannelThrottled => "channel_throttled",
        OutcomeClass.ChannelConfig => "channel_config",
        OutcomeClass.ChannelUnreachable => "channel_unreachable",
        OutcomeClass.OurRequest => "our_request",
        OutcomeClass.Risk => "risk",
        OutcomeClass.DuplicateNo => "duplicate_no",
        OutcomeClass.NotFound => "not_found",
        OutcomeClass.Returned => "returned",
        OutcomeClass.Unknown => "unknown",
        OutcomeClass.NoChannel => "no_channel",
        OutcomeClass.Decided => "decided",
    };

    public static string Name(this Landing landing) => landing switch
    {
        Landing.NotSent => "not_sent",
        Landing.NotLanded => "not_landed",
        Landing.Landed => "landed",
        Landing.Maybe => "maybe",
    };
}
