namespace RouterCluster.Simulation.Tests.World;

/// <summary>Everything that can go wrong in the simulated world. Each can be switched off alone.</summary>
internal enum FaultKind
{
    // The channels' companies.
    AnswerLost, TruthLate, NotFoundThenSuccess, PspHangs, PspThrottles, PspInMaintenance, PspFlaps, QueryGarbled, PspContradicts,
    PayoutHiddenTooLong, QueryMixedUp, RefusesAndPays,
    NoticeTwice, NoticeEarly, NoticeLate, NoticeForged, NoticeOfWrongAmount,

    // Between us and them.
    ConnectionRefused, BytesSlow, AnswerSlow, EndDoubled,

    // Between book, router and lane.
    OrderLost, OrderLate, ReportLost, ReportDoubled, ReportLate, RouterSilent, RouterSlow, HealthLost, HealthLate,

    // Storage.
    WriteSlow, WriteFails, WriteLostItsAnswer, WriteHangs, ReadModelFails, ReadModelLate,

    // Machines and clocks.
    ClockLeaps, ClockOff, BookPaused, BookMoved, BookFallsQuiet, NodeCrashes, ChannelCrashes,

    // Crashes exactly there.
    CrashBeforeIntentStored, CrashAfterIntentBeforeSend, CrashAfterSendBeforeResponse, CrashAfterResponseBeforeStored,
    CrashAfterOutcomeBeforeAnswer, CrashWithPermitTaken, CrashInReload,

    // People.
    MerchantRepeats, MerchantChangesContent, MerchantRacesItself, OperatorDisables, OperatorDrains, OperatorIsolates,
    OperatorChangesBudget, PeopleDecide, PeopleDecideByList, PeopleRace, PersonErrs, PersonDecidesAlone, PersonVanishes,
    PersonAsks,

    // What may be believed of an attempt.
    AccountMoves, DebitedTwice, HeldAsDuplicate,

    // Announced by the channels' companies.
    PspAnnouncesMaintenance,

    // Words that are off in one thing, or that say nothing.
    AnswerOff, QueryAnswerOff, CodeUnlisted, UndecidedForLong, PspForgets, NoticeOld, NoticeOfOtherChannel, NoticeOfWrongCurrency,

    // How owners of channels end.
    MachineLost, NodePaused, StorageAway, ChannelHandedOver,

    // Somebody wants a payment not to be sent.
    PaymentCancelled,

    // Changes by operators that end by themselves.
    OperatorActsForATime,

    // Parts of channels that are switched off.
    OperatorExcludes,

    // Times at which operators want a channel to get nothing.
    OperatorPlansMaintenance,
}

/// <summary>Lets faults happen while they may, and counts them by kind.</summary>
/// <param name="kinds">Those that this life has.</param>
internal sealed class Faults(IReadOnlySet<FaultKind> kinds)
{
    public static readonly FaultKind[] All = Enum.GetValues<FaultKind>();

    private readonly bool[] _on = [.. All.Select(kinds.Contains)];

    public int[] Counts { get; } = new int[All.Length];

    /// <summary>From now on nothing goes wrong any more.</summary>
    public bool AreOver { get; set; }

    /// <summary>Draws in any case, so that switching a kind off leaves all other draws as they were.</summary>
    public bool Strike(FaultKind kind, Chance chance, double share) => chance.Of(share) && Strike(kind);

    /// <summary>For what has been decided already.</summary>
    public bool Strike(FaultKind kind) => !AreOver && Happen(kind);

    /// <summary>What people do goes on when all else is well again.</summary>
    public bool Happen(FaultKind kind, Chance chance, double share) => chance.Of(share) && Happen(kind);

    public bool Happen(FaultKind kind)
    {
        if (!_on[(int)kind])
        {
            return false;
        }

        Counts[(int)kind]++;
        return true;
    }
}
