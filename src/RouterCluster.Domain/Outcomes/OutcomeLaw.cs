namespace RouterCluster.Domain.Outcomes;

/// <summary>An outcome not listed as definite is unknown: queried, never sent again, never reported as failed.</summary>
public static class OutcomeLaw
{
    public static bool IsSuccess(this Outcome outcome) => outcome.Class == OutcomeClass.Success;

    /// <summary>Definitely no money moved by this attempt, and none will.</summary>
    /// <remarks>Law 2.2.</remarks>
    public static bool IsDefiniteFailure(this Outcome outcome) => outcome.Landing != Landing.Maybe && outcome.Class.IsFailure();

    /// <summary>"Not found" is absence of evidence: the channel has not said that the order failed.</summary>
    public static bool IsReportedFailure(this Outcome outcome) =>
        outcome.Class != OutcomeClass.NotFound && outcome.IsDefiniteFailure();

    /// <summary>Reports that there is no order: true of the account that was asked, and of no other.</summary>
    public static bool SaysAbsent(this Outcome outcome) =>
        outcome.Class == OutcomeClass.NotFound || (outcome.Landing == Landing.NotLanded && outcome.IsDefiniteFailure());

    public static bool IsDefinite(this Outcome outcome) => outcome.IsSuccess() || outcome.IsDefiniteFailure();

    /// <summary>The customer, the issuer, risk control and our own bugs would refuse at the next channel too.</summary>
    /// <remarks>Law 1.5.</remarks>
    public static bool MayTryAnotherChannel(this Outcome outcome) =>
        outcome.IsDefiniteFailure() && outcome.Class.Meaning().Order == OrderWord.FailedHere;

    /// <summary>The channel has the order, or says so, and must still report its end.</summary>
    public static bool IsOwed(this OutcomeClass @class) => @class.Meaning().Order == OrderWord.Owed;

    public static bool IsOpen(this OutcomeClass @class) => @class.Meaning().Order is OrderWord.Owed or OrderWord.Open;

    /// <summary>The customer's own affair (funds, card, limits, risk), properly reported by the channel.</summary>
    public static bool IsCustomers(this OutcomeClass @class) =>
        @class.Meaning() is { Order: OrderWord.FailedEverywhere, Verdict: CallVerdict.Answered };

    /// <summary>The channel failed at its task. A throttled channel did not: it will take the order later.</summary>
    public static bool IsChannels(this OutcomeClass @class) =>
        @class.Meaning() is { Order: OrderWord.FailedHere, Verdict: CallVerdict.Refused or CallVerdict.Fault };

    /// <summary>How a submit's end counts for its channel's health. A customer's decline is a good answer.</summary>
    /// <remarks>An order that was not sent was not refused: the channel could not be reached.</remarks>
    public static CallVerdict Verdict(this Outcome outcome) => outcome.Class.Meaning().Verdict switch
    {
        CallVerdict.Refused when outcome.Landing == Landing.NotSent => CallVerdict.Fault,
        var verdict => verdict,
    };

    /// <summary>Evidence of the order. A query that failed or was refused is none.</summary>
    public static bool Speaks(this Outcome outcome) => outcome.QueryVerdict() == CallVerdict.Answered;

    /// <summary>For the health of the channel's query side: any verified answer is a good one.</summary>
    public static CallVerdict QueryVerdict(this Outcome outcome) => outcome switch
    {
        { Class: OutcomeClass.Unknown } => CallVerdict.Fault,
        { Class: OutcomeClass.ChannelThrottled, Landing: Landing.Maybe } => CallVerdict.Throttled,
        { Landing: Landing.NotSent } => CallVerdict.Fault,
        _ => CallVerdict.Answered,
    };

    private static bool IsFailure(this OutcomeClass @class) =>
        @class.Meaning().Order is OrderWord.FailedHere or OrderWord.FailedEverywhere;
}

/// <summary>The numbers travel between nodes: never re-used.</summary>
public enum CallVerdict
{
    /// <summary>Money moved: counts for the success rate and for the breaker.</summary>
    Success = 0,

    /// <summary>A proper answer that does not count for the success rate (the customer's decline, processing).</summary>
    Answered = 1,

    Fault = 2,

    /// <summary>Not taken by the channel: no order at all, or none of one bank, product or amount.</summary>
    Refused = 3,

    Throttled = 4,

    /// <summary>Counts for nothing: not sent by our own decision, or our own bug.</summary>
    Neutral = 5,
}
