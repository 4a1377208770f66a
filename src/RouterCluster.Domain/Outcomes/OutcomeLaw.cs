namespace RouterCluster.Domain.Outcomes;

/// <summary>
/// What an outcome permits. Everything that is not listed as definite is unknown: it is queried, never sent again,
/// never reported as failed.
/// </summary>
public static class OutcomeLaw
{
    public static bool IsSuccess(this Outcome outcome) => outcome.Class == OutcomeClass.Success;

    /// <summary>Definitely no money moved by this attempt, and none will.</summary>
    public static bool IsDefiniteFailure(this Outcome outcome) => outcome.Landing != Landing.Maybe && IsFailureClass(outcome.Class);

    /// <summary>Says that there is no order: true of the account that is asked, and of no other.</summary>
    public static bool SaysAbsent(this Outcome outcome) =>
        outcome.Class == OutcomeClass.NotFound || (outcome.Landing == Landing.NotLanded && outcome.IsDefiniteFailure());

    /// <summary>Says how the order ended.</summary>
    public static bool IsDefinite(this Outcome outcome) => outcome.IsSuccess() || outcome.IsDefiniteFailure();

    /// <summary>The customer, the issuer, risk control and our own bugs would refuse at the next channel too.</summary>
    public static bool MayTryAnotherChannel(this Outcome outcome) => outcome.IsDefiniteFailure() && (outcome.Class switch
    {
        OutcomeClass.ChannelLimit or OutcomeClass.NotSupported or OutcomeClass.ChannelMaintenance => true,
        OutcomeClass.ChannelThrottled or OutcomeClass.ChannelConfig or OutcomeClass.ChannelUnreachable => true,
        OutcomeClass.NotFound => true,
        OutcomeClass.CustomerFunds or OutcomeClass.CustomerCard or OutcomeClass.CustomerIdentity => false,
        OutcomeClass.CustomerCredential or OutcomeClass.CustomerLimit or OutcomeClass.IssuerDeclined => false,
        OutcomeClass.OurRequest or OutcomeClass.Risk or OutcomeClass.NoChannel => false,
        OutcomeClass.Success or OutcomeClass.Accepted or OutcomeClass.Processing or OutcomeClass.WaitCustomer => false,
        OutcomeClass.WaitConfirm or OutcomeClass.DuplicateNo or OutcomeClass.Returned or OutcomeClass.Unknown => false,
        OutcomeClass.Decided => false,
    });

    /// <summary>How a call speaks of its channel's health. A decline that is the customer's is a good answer.</summary>
    public static CallVerdict Verdict(this Outcome outcome) => outcome.Class switch
    {
        OutcomeClass.ChannelThrottled => CallVerdict.Throttled,
        OutcomeClass.ChannelLimit or OutcomeClass.NotSupported or OutcomeClass.ChannelMaintenance =>
            outcome.Landing == Landing.NotSent ? CallVerdict.Fault : CallVerdict.Refused,
        OutcomeClass.ChannelConfig or OutcomeClass.ChannelUnreachable or OutcomeClass.Unknown => CallVerdict.Fault,
        OutcomeClass.OurRequest or OutcomeClass.NoChannel or OutcomeClass.Decided => CallVerdict.Neutral,
        OutcomeClass.Success => CallVerdict.Success,
        OutcomeClass.Accepted or OutcomeClass.Processing or OutcomeClass.WaitCustomer or OutcomeClass.WaitConfirm => CallVerdict.Answered,
        OutcomeClass.CustomerFunds or OutcomeClass.CustomerCard or OutcomeClass.CustomerIdentity => CallVerdict.Answered,
        OutcomeClass.CustomerCredential or OutcomeClass.CustomerLimit or OutcomeClass.IssuerDeclined => CallVerdict.Answered,
        OutcomeClass.Risk or OutcomeClass.DuplicateNo or OutcomeClass.NotFound or OutcomeClass.Returned => CallVerdict.Answered,
    };

    /// <summary>
    /// Whether the end of a query, or a notice, is word of the order. A query that failed or was refused changes nothing.
    /// </summary>
    public static bool Speaks(this Outcome outcome) => outcome.QueryVerdict() == CallVerdict.Answered;

    /// <summary>How a query's end speaks of the channel's query side: any verified answer is a good one.</summary>
    public static CallVerdict QueryVerdict(this Outcome outcome) => outcome switch
    {
        { Class: OutcomeClass.Unknown } => CallVerdict.Fault,
        { Class: OutcomeClass.ChannelThrottled, Landing: Landing.Maybe } => CallVerdict.Throttled,
        { Landing: Landing.NotSent } => CallVerdict.Fault,
        _ => CallVerdict.Answered,
    };

    private static bool IsFailureClass(OutcomeClass @class) => @class switch
    {
        OutcomeClass.CustomerFunds or OutcomeClass.CustomerCard or OutcomeClass.CustomerIdentity => true,
        OutcomeClass.CustomerCredential or OutcomeClass.CustomerLimit or OutcomeClass.IssuerDeclined => true,
        OutcomeClass.ChannelLimit or OutcomeClass.NotSupported or OutcomeClass.ChannelMaintenance => true,
        OutcomeClass.ChannelThrottled or OutcomeClass.ChannelConfig or OutcomeClass.OurRequest or OutcomeClass.Risk => true,
        OutcomeClass.NotFound or OutcomeClass.NoChannel or OutcomeClass.ChannelUnreachable => true,
        OutcomeClass.Success or OutcomeClass.Accepted or OutcomeClass.Processing or OutcomeClass.WaitCustomer => false,
        OutcomeClass.WaitConfirm or OutcomeClass.DuplicateNo or OutcomeClass.Returned or OutcomeClass.Unknown => false,
        OutcomeClass.Decided => false,
    };
}

/// <summary>What one finished call says of its channel.</summary>
public enum CallVerdict
{
    /// <summary>Money moved: counts for the success rate and for the breaker.</summary>
    Success,

    /// <summary>A proper answer that says nothing of the channel's success rate (the customer's decline, processing).</summary>
    Answered,

    /// <summary>The channel's own fault, a timeout and an unreadable answer among them.</summary>
    Fault,

    /// <summary>
    /// The channel answered that it does not take the order. It may mean all orders, or those of one bank, product or amount.
    /// </summary>
    Refused,

    /// <summary>Too fast for the channel: slows the rate, leaves the breaker alone.</summary>
    Throttled,

    /// <summary>Says nothing: never sent by our own decision, or our own bug.</summary>
    Neutral,
}
