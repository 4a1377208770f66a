using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Routing;

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
