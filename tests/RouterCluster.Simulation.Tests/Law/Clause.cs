namespace RouterCluster.Simulation.Tests.Law;

/// <summary>The clauses of <c>src/docs/law.md</c> that the referee holds, by their numbers there.</summary>
internal enum Clause
{
    StoredBeforeSent = 101,
    SentAsStored = 102,
    SentOnce = 103,
    OneAttemptAtATime = 104,
    DeclinesEnd = 105,
    AttemptsAreBounded = 106,
    NothingStartsAfterExpiry = 107,
    NothingLeavesLate = 108,
    NothingLeavesAfterSuccess = 109,
    NothingLeavesPeople = 110,
    EachChannelOnce = 111,
    OnlyFittingChannels = 112,
    CancelledSendsNothing = 113,

    SuccessNeedsAWord = 201,
    FailureNeedsAWord = 202,
    PayoutsNeedTwoWords = 203,
    AbsenceIsProven = 204,
    NotSentIsTrue = 205,
    CasesRestOnWords = 206,
    AcknowledgedIsKept = 207,
    UnbelievableIsRefused = 208,
    NoticesAreAnswered = 209,

    StateFollowsAttempts = 301,
    FailsNotTooEarly = 302,
    FailureIsTheLastWord = 303,
    ClosedIsUnsent = 304,
    SuspendedHasACase = 305,
    LongUnknownIsShown = 306,
    TimeGoesOn = 307,
    ContestedWaits = 308,

    AnswersAreStored = 401,
    StoredIsFound = 402,
    NoRouteIsTrue = 403,
    RefusedIsNotStored = 404,
    StoredAsAsked = 405,
    RequestsAreAnswered = 406,
    WhoWaitsIsTold = 408,
    LateIsNotStored = 409,
    UncancelledSaysWhy = 410,

    OnlyOpenIsAsked = 501,
    AskedBySchedule = 502,
    CreditIsKept = 503,

    MerchantsTakeTurns = 601,
    PausesAreKept = 602,
    ThrottledIsSlower = 603,
    DrainedTakesNothing = 607,
    OwnersTakeTurns = 608,

    ExclusionsAreTrue = 701,
}

/// <summary>The numbers as people write them.</summary>
internal static class ClauseNumbers
{
    private const int PerChapter = 100;

    public static string Number(this Clause clause) => $"{(int)clause / PerChapter}.{(int)clause % PerChapter}";
}
