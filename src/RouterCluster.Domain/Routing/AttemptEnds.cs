using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Routing;

/// <summary>What a submit's end says of its channel, from what the lane made of it.</summary>
public static class AttemptEnds
{
    public static AttemptEnd Of(CallVerdict verdict, OutcomeClass @class) => verdict switch
    {
        CallVerdict.Success => AttemptEnd.Succeeded,
        CallVerdict.Fault when @class == OutcomeClass.Unknown => AttemptEnd.Unknown,
        CallVerdict.Fault or CallVerdict.Refused => AttemptEnd.ChannelFault,
        CallVerdict.Answered when IsCustomers(@class) => AttemptEnd.CustomerFault,
        CallVerdict.Answered when IsUndecided(@class) => AttemptEnd.Undecided,
        CallVerdict.Answered or CallVerdict.Throttled or CallVerdict.Neutral => AttemptEnd.NoEvidence,
    };

    /// <summary>The channel has the order, or says so, and owes its end.</summary>
    private static bool IsUndecided(OutcomeClass @class) => @class
        is OutcomeClass.Accepted or OutcomeClass.Processing or OutcomeClass.WaitConfirm or OutcomeClass.DuplicateNo;

    private static bool IsCustomers(OutcomeClass @class) => @class
        is OutcomeClass.CustomerFunds or OutcomeClass.CustomerCard or OutcomeClass.CustomerIdentity
        or OutcomeClass.CustomerCredential or OutcomeClass.CustomerLimit or OutcomeClass.IssuerDeclined or OutcomeClass.Risk;
}
