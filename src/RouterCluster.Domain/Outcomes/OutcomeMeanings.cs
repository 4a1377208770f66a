namespace RouterCluster.Domain.Outcomes;

internal enum OrderWord
{
    Succeeded,

    /// <summary>The channel has the order, or says so, and must still report its end.</summary>
    Owed,

    /// <summary>The end is unknown, or it is the customer's turn.</summary>
    Open,

    FailedHere,

    /// <summary>No money moves; the customer, the issuer, risk control or our mistake would be the same everywhere.</summary>
    FailedEverywhere,

    /// <summary>Never a channel's first report of an order: money that came back, rulings.</summary>
    Other,
}

/// <param name="Order">A failure is definite only where it is known that no order is at the channel.</param>
internal readonly record struct OutcomeMeaning(OutcomeClass Class, string Name, OrderWord Order, CallVerdict Verdict);

/// <summary>The one table of the meanings of classes. Every question about a class is answered from its row.</summary>
internal static class OutcomeMeanings
{
    private static readonly OutcomeMeaning[] Rows =
    [
        new(OutcomeClass.Success, "success", OrderWord.Succeeded, CallVerdict.Success),
        new(OutcomeClass.Accepted, "accepted", OrderWord.Owed, CallVerdict.Answered),
        new(OutcomeClass.Processing, "processing", OrderWord.Owed, CallVerdict.Answered),
        new(OutcomeClass.WaitCustomer, "wait_customer", OrderWord.Open, CallVerdict.Answered),
        new(OutcomeClass.WaitConfirm, "wait_confirm", OrderWord.Owed, CallVerdict.Answered),
        new(OutcomeClass.CustomerFunds, "customer_funds", OrderWord.FailedEverywhere, CallVerdict.Answered),
        new(OutcomeClass.CustomerCard, "customer_card", OrderWord.FailedEverywhere, CallVerdict.Answered),
        new(OutcomeClass.CustomerIdentity, "customer_identity", OrderWord.FailedEverywhere, CallVerdict.Answered),
        new(OutcomeClass.CustomerCredential, "customer_credential", OrderWord.FailedEverywhere, CallVerdict.Answered),
        new(OutcomeClass.CustomerLimit, "customer_limit", OrderWord.FailedEverywhere, CallVerdict.Answered),
        new(OutcomeClass.IssuerDeclined, "issuer_declined", OrderWord.FailedEverywhere, CallVerdict.Answered),
        new(OutcomeClass.ChannelLimit, "channel_limit", OrderWord.FailedHere, CallVerdict.Refused),
        new(OutcomeClass.NotSupported, "not_supported", OrderWord.FailedHere, CallVerdict.Refused),
        new(OutcomeClass.ChannelMaintenance, "channel_maintenance", OrderWord.FailedHere, CallVerdict.Refused),
        new(OutcomeClass.ChannelThrottled, "channel_throttled", OrderWord.FailedHere, CallVerdict.Throttled),
        new(OutcomeClass.ChannelConfig, "channel_config", OrderWord.FailedHere, CallVerdict.Fault),
        new(OutcomeClass.ChannelUnreachable, "channel_unreachable", OrderWord.FailedHere, CallVerdict.Fault),
        new(OutcomeClass.OurRequest, "our_request", OrderWord.FailedEverywhere, CallVerdict.Neutral),
        new(OutcomeClass.Risk, "risk", OrderWord.FailedEverywhere, CallVerdict.Answered),
        new(OutcomeClass.DuplicateNo, "duplicate_no", OrderWord.Owed, CallVerdict.Answered),
        new(OutcomeClass.NotFound, "not_found", OrderWord.FailedHere, CallVerdict.Answered),
        new(OutcomeClass.Returned, "returned", OrderWord.Other, CallVerdict.Answered),
        new(OutcomeClass.Unknown, "unknown", OrderWord.Open, CallVerdict.Fault),
        new(OutcomeClass.NoChannel, "no_channel", OrderWord.FailedEverywhere, CallVerdict.Neutral),
        new(OutcomeClass.Decided, "decided", OrderWord.Other, CallVerdict.Neutral),
    ];

    private static readonly OutcomeMeaning[] ByClass = Index();

    public static ref readonly OutcomeMeaning Meaning(this OutcomeClass @class) => ref ByClass[(int)@class];

    private static OutcomeMeaning[] Index()
    {
        var table = new OutcomeMeaning[Rows.Max(row => (int)row.Class) + 1];
        foreach (var row in Rows)
        {
            table[(int)row.Class] = row;
        }

        return table;
    }
}
