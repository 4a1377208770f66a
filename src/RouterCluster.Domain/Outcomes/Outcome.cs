namespace RouterCluster.Domain.Outcomes;

/// <summary>What happened, in classes common to all channels. The numbers are stored: never re-used.</summary>
public enum OutcomeClass
{
    Success = 1,
    Accepted = 2,
    Processing = 3,
    WaitCustomer = 4,
    WaitConfirm = 5,
    CustomerFunds = 10,
    CustomerCard = 11,
    CustomerIdentity = 12,
    CustomerCredential = 13,
    CustomerLimit = 14,
    IssuerDeclined = 15,
    ChannelLimit = 20,
    NotSupported = 21,
    ChannelMaintenance = 22,
    ChannelThrottled = 23,
    ChannelConfig = 24,

    /// <summary>No connection was made (refused, no such name, no TLS), or our own lane lets nothing through.</summary>
    ChannelUnreachable = 25,
    OurRequest = 30,
    Risk = 31,
    DuplicateNo = 40,
    NotFound = 41,
    Returned = 42,
    Unknown = 43,
    NoChannel = 50,

    /// <summary>Two people have ruled it; no channel reports it.</summary>
    Decided = 51,
}

/// <summary>Whether an order exists at the channel. The numbers are stored: never re-used.</summary>
public enum Landing
{
    NotSent = 1,

    NotLanded = 2,
    Landed = 3,
    Maybe = 4,
}

/// <summary>
/// The one form of an attempt's result. A timeout or an unreadable answer is <see cref="OutcomeClass.Unknown"/> with <see
/// cref="Landing.Maybe"/>.
/// </summary>
/// <param name="Code">The channel's own code, or ours in lower case (<c>timeout</c>, <c>lane_full</c>).</param>
/// <param name="Message">For people; never decided upon.</param>
public sealed record Outcome(OutcomeClass Class, Landing Landing, string Code, string? Message = null, string? ChannelOrderNo = null)
{
    public const string BadSignature = "bad_signature";

    public static readonly Outcome None = new(OutcomeClass.Processing, Landing.Maybe, "");

    public static Outcome Unknown(string code, string? message = null) => new(OutcomeClass.Unknown, Landing.Maybe, code, message);

    public static Outcome NotSent(OutcomeClass @class, string code, string? message = null) => new(@class, Landing.NotSent, code, message);
}
