namespace RouterCluster.Simulation.Tests.Law;

/// <summary>Whether an order exists at the channel, as an attempt's end says.</summary>
internal enum Landed
{
    NotSent,
    NotLanded,
    Landed,
    Maybe,
}

/// <summary>Where a payment stands.</summary>
internal enum Standing
{
    None,
    Accepted,
    Processing,
    ActionRequired,
    Suspended,
    Succeeded,
    Failed,
    Returned,
    Closed,
}

internal enum AttemptStanding
{
    Open,
    Succeeded,
    Failed,
}

internal enum Reason
{
    LateSuccess, LateFailure, PayoutNotFound, LandedNotFound, NoticeContradicted, UnknownTooLong, Duplicate, SecondSuccess,
    NotFoundElsewhere,
}

internal enum Ruling
{
    Succeeded,
    Failed,
    KeepAsking,
    Release,
}

/// <summary>When something was decided: the true moment, and the time that is stored with it.</summary>
internal readonly record struct Moment(TimeSpan Decided, DateTimeOffset Utc);

/// <summary>What is stored of an attempt's end, of news, of a claim, or of what a case rests on.</summary>
internal readonly record struct End(Class Class, Landed Landed, string Code, string? Reference)
{
    public bool IsSuccess => Class == Class.Success;

    public bool IsFailure => Landed is not Landed.Maybe && Meaning.IsFailure(Class);
}

/// <summary>What is asked for. Amounts are in minor units.</summary>
internal sealed record Order(
    string Merchant, string OrderNo, bool IsPayout, long Amount, string Currency, string? Bank, string Account);

/// <summary>A word that has reached the router.</summary>
internal readonly record struct Heard(Word Word, Meaning Meaning, TimeSpan At);

/// <summary>A question that has left a book.</summary>
internal readonly record struct Question(long Number, TimeSpan NotBefore, TimeSpan Left)
{
    /// <summary>Only because a person has asked it could it leave when it did.</summary>
    public bool IsByHand { get; init; }
}

internal sealed class AttemptRecord(int no, string channel, string orderNo, DateTimeOffset sendBefore, Moment started)
{
    public int No => no;

    public string Channel => channel;

    public string OrderNo => orderNo;

    public DateTimeOffset SendBefore => sendBefore;

    public Moment Started => started;

    public AttemptStanding Standing { get; set; }

    /// <summary>The last news or the end.</summary>
    public End Known { get; set; } = new(Class.Processing, Landed.Maybe, "", null);

    public End? Claim { get; set; }

    public bool WasClaimed { get; set; }

    public bool IsRuledUpon { get; set; }

    public List<Heard> Words { get; } = [];

    public bool HasLeftBook { get; set; }

    public bool HasLeft { get; set; }

    /// <summary>A lane has said that nothing of it has left, or ever will.</summary>
    public bool IsTurnedAway { get; set; }

    /// <summary>When its lane first spoke of it: an answer, a timeout, or that it was not sent.</summary>
    public TimeSpan? Reported { get; set; }

    /// <summary>The life of the book that asks, and its questions.</summary>
    public object? Asker { get; set; }

    public List<Question> Questions { get; } = [];

    /// <summary>Questions that persons have asked and that have not left, by life of the book: two may run at once.</summary>
    public Dictionary<object, int> ByHand { get; } = [];

    /// <summary>Since when its schedule runs anew.</summary>
    public TimeSpan? AskedAnew { get; set; }

    /// <summary>Questions whose answers have reached a book: others were lost on their way from the lane.</summary>
    public HashSet<long> Arrived { get; } = [];

    /// <summary>The last question that was answered, of whatever it was told, and when the book heard it.</summary>
    public (long Question, TimeSpan At) Answered { get; set; }

    /// <summary>For how long it is known that nobody knows: from answered questions to those that followed them.</summary>
    public TimeSpan Unknown { get; set; }

    /// <summary>As far as it is stored: a restart forgets the rest.</summary>
    public TimeSpan StoredUnknown { get; set; }

    public bool IsOverdue { get; set; }

    /// <summary>When its end was decided.</summary>
    public TimeSpan? Ended { get; set; }

    public bool Heard(Says says)
    {
        foreach (var heard in Words)
        {
            if (heard.Meaning.Says == says)
            {
                return true;
            }
        }

        return false;
    }
}

internal sealed class CaseRecord(Reason reason, int attemptNo, End? told, End? against)
{
    public Reason Reason => reason;

    public int AttemptNo => attemptNo;

    public End? Told => told;

    public End? Against => against;

    public bool IsDecided { get; set; }
}

/// <summary>A merchant's request with the payment's number.</summary>
internal sealed class RequestRecord(Order order, TimeSpan expiresIn, bool isHeld, TimeSpan at)
{
    public Order Order => order;

    public TimeSpan ExpiresIn => expiresIn;

    /// <summary>People are to look at it first.</summary>
    public bool IsHeld => isHeld;

    public TimeSpan At => at;

    public bool IsRefused { get; set; }

    /// <summary>When nobody waits for the answer any more; null where clocks are off, so that nobody can tell.</summary>
    public TimeSpan? Deadline { get; init; }
}

/// <summary>Somebody wants nothing sent for the payment, and a book has received that.</summary>
/// <param name="asked">A book that stood still meanwhile knows no more than then.</param>
/// <param name="isHeard">The book that has received it still decides.</param>
internal sealed class CancelRecord(TimeSpan asked, TimeSpan received, Func<bool> isHeard)
{
    public TimeSpan Asked => asked;

    public TimeSpan Received => received;

    public bool IsAnswered { get; set; }

    public bool IsPending => !IsAnswered && isHeard();
}

/// <summary>Why a payment is not cancelled, as whoever asked is told.</summary>
internal enum Uncancelled
{
    Sent,
    Ended,
    OnItsWay,
    Unknown,
}

/// <summary>Everything that has been said, stored and sent of one payment.</summary>
internal sealed class PaymentRecord(string id)
{
    public string Id => id;

    public List<RequestRecord> Requests { get; } = [];

    /// <summary>The request that was stored.</summary>
    public RequestRecord? Stored { get; set; }

    public TimeSpan StoredAt { get; set; }

    public Moment Accepted { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public Standing Standing { get; set; }

    public DateTimeOffset LastTime { get; set; }

    public List<AttemptRecord> Attempts { get; } = [];

    public List<CaseRecord> Cases { get; } = [];

    public List<CancelRecord> Cancels { get; } = [];

    public List<(Ruling Ruling, int AttemptNo)> Proposals { get; } = [];

    /// <summary>What two people have decided last, and when.</summary>
    public (Ruling Ruling, Moment At)? Ruled { get; set; }

    public (Class Class, string Code, string? Channel)? Failure { get; set; }

    /// <summary>When the last attempt ended, and when the first of those that were turned away since.</summary>
    public Moment LastEnd { get; set; }

    public TimeSpan WaitsSince { get; set; }

    /// <summary>How many attempts there were when the present round began.</summary>
    public int RoundBegan { get; set; }

    /// <summary>When a success of it was stored.</summary>
    public TimeSpan? SuccessStored { get; set; }

    public bool IsTouched { get; set; }

    public List<ulong> Versions { get; } = [];

    public bool IsFinal => Standing is Standing.Succeeded or Standing.Failed or Standing.Returned or Standing.Closed;

    public AttemptRecord? Open => Attempts is [.., { Standing: AttemptStanding.Open } open] ? open : null;

    /// <summary>Two people have decided, and not to send it.</summary>
    public bool IsRuledUpon { get; set; }

    /// <summary>How many of its orders have left for a channel, as far as their ends tell.</summary>
    public int Reached => Attempts.Count(known => known.Known.Landed != Landed.NotSent);

    /// <summary>Those that its book could already heed.</summary>
    public IEnumerable<CancelRecord> Heeded => Cancels.Where(cancel => cancel.Received >= Accepted.Decided);

    public AttemptRecord? Attempt(int no) => no >= 1 && no <= Attempts.Count ? Attempts[no - 1] : null;

    /// <summary>Neither people nor evidence have answered it.</summary>
    public bool IsOpen(CaseRecord known) => !known.IsDecided
        && !(known.Reason == Reason.Duplicate && Standing == Standing.Closed)
        && (known.Reason is not
            (Reason.PayoutNotFound or Reason.LandedNotFound or Reason.UnknownTooLong or Reason.NotFoundElsewhere)
            || Attempt(known.AttemptNo) is { Standing: AttemptStanding.Open });

    public bool HasOpenCase()
    {
        foreach (var known in Cases)
        {
            if (IsOpen(known))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The channel's words exclude each other, and people have not decided yet.</summary>
    public bool IsContested()
    {
        foreach (var known in Cases)
        {
            if (!known.IsDecided && known.Reason is Reason.LateSuccess or Reason.LateFailure or Reason.NoticeContradicted)
            {
                return true;
            }
        }

        return false;
    }
}
