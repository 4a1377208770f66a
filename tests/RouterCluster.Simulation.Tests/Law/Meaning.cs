namespace RouterCluster.Simulation.Tests.Law;

/// <summary>What a word says of the order's money.</summary>
internal enum Says
{
    /// <summary>Nothing that may be believed of the order.</summary>
    Nothing,
    Moved,

    /// <summary>The company holds the order, and no money moves.</summary>
    NotMoved,

    /// <summary>The company refused before it had an order.</summary>
    NotLanded,

    /// <summary>The company holds the order, and its end is still to come.</summary>
    Pending,

    /// <summary>The company has no such order.</summary>
    Absent,
}

/// <summary>What happened, by the contract's names. Of no use to anybody but the referee.</summary>
internal enum Class
{
    Success, Accepted, Processing, WaitCustomer, WaitConfirm, CustomerFunds, CustomerCard, CustomerIdentity, CustomerCredential,
    CustomerLimit, IssuerDeclined, ChannelLimit, NotSupported, ChannelMaintenance, ChannelThrottled, ChannelConfig,
    ChannelUnreachable, OurRequest, Risk, DuplicateNo, NotFound, Returned, Unknown, NoChannel, Decided,
}

/// <summary>The contract's tables, section 3, and the taxonomy of payments, written a second time.</summary>
internal readonly record struct Meaning(Says Says, Class Class)
{
    public static readonly Meaning None = new(Says.Nothing, Class.Unknown);

    /// <param name="orderNo">The order that was asked about, or to which the notice's number leads.</param>
    /// <param name="amount">The order's, in minor units.</param>
    /// <param name="channel">The channel that has the order.</param>
    public static Meaning Of(Word word, string orderNo, long amount, string channel)
    {
        if (!word.IsAbout(orderNo, amount) || word.Channel != channel)
        {
            return None;
        }

        return word.Status switch
        {
            Word.Succeeded when word.Code == "00" => new Meaning(Says.Moved, Class.Success),
            Word.Processing when word.Code == "05" => new Meaning(Says.Pending, Class.Processing),
            Word.NotFound when word is { Phase: WordPhase.Query, Code: "34" } => new Meaning(Says.Absent, Class.NotFound),
            Word.Failed => OfFailure(word),
            _ => None,
        };
    }

    /// <summary>Whether a payment may go on to another channel after an attempt that ended so.</summary>
    public static bool GoesOn(Class @class) => @class is Class.ChannelLimit or Class.NotSupported or Class.ChannelMaintenance
        or Class.ChannelThrottled or Class.ChannelConfig or Class.ChannelUnreachable or Class.NotFound;

    /// <summary>Whether no money has moved and none will, where the order did not land or its channel has refused it.</summary>
    public static bool IsFailure(Class @class) => @class is Class.CustomerFunds or Class.CustomerCard or Class.CustomerIdentity
        or Class.CustomerCredential or Class.CustomerLimit or Class.IssuerDeclined or Class.Risk or Class.OurRequest
        || (GoesOn(@class) && @class != Class.NotFound);

    private static Meaning OfFailure(Word word) => word.Code switch
    {
        "51" => new Meaning(Says.NotMoved, Class.CustomerFunds),
        "54" => new Meaning(Says.NotMoved, Class.CustomerCard),
        "40" => new Meaning(Says.NotMoved, Class.CustomerIdentity),
        "61" => new Meaning(Says.NotMoved, Class.CustomerLimit),
        "60" => new Meaning(Says.NotMoved, Class.IssuerDeclined),
        "38" => new Meaning(Says.NotMoved, Class.Risk),
        "39" => new Meaning(Says.NotLanded, Class.ChannelMaintenance),
        "33" => new Meaning(Says.NotLanded, Class.ChannelLimit),
        "10" => new Meaning(Says.NotLanded, Class.OurRequest),

        // A question that is refused as one too many says nothing of the order.
        Word.TooFast when word.Phase == WordPhase.Submit => new Meaning(Says.NotLanded, Class.ChannelThrottled),
        _ => None,
    };
}
