using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Routing;

/// <summary>How a submit's end, as its lane reports it, counts for its channel.</summary>
public static class AttemptEnds
{
    public static AttemptEnd Of(CallVerdict verdict, OutcomeClass @class) => verdict switch
    {
        CallVerdict.Success => AttemptEnd.Succeeded,
        CallVerdict.Fault when @class == OutcomeClass.Unknown => AttemptEnd.Unknown,
        CallVerdict.Fault or CallVerdict.Refused => AttemptEnd.ChannelFault,
        CallVerdict.Answered when @class.IsCustomers() => AttemptEnd.CustomerFault,
        CallVerdict.Answered when @class.IsOwed() => AttemptEnd.Undecided,
        CallVerdict.Answered or CallVerdict.Throttled or CallVerdict.Neutral => AttemptEnd.NoEvidence,
    };
}
