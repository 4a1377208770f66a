namespace RouterCluster.Simulation.Tests.Law;

/// <summary>Chapter 2: what may be believed of what evidence.</summary>
internal sealed class Believing(Rules rules, Coverage coverage)
{
    private const int MostSecondSuccesses = 10;

    /// <summary>Another node's writes, and a mailbox, take a moment: what counts is when the question was decided.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(20);

    /// <summary>Counts words that nobody may believe.</summary>
    public void Hear(PaymentRecord payment, AttemptRecord attempt, Word word, TimeSpan now)
    {
        var meaning = Meaning.Of(word, attempt.OrderNo, payment.Stored!.Order.Amount, attempt.Channel);
        attempt.Words.Add(new Heard(word, meaning, now));
        if (meaning.Says == Says.Nothing)
        {
            coverage.Met(WhatIsWrong(payment, attempt, word));
        }

        if (meaning.Says == Says.Absent && now - attempt.Started.Decided < rules.NotFoundIsFinalAfter)
        {
            coverage.Met(Situation.AbsenceTooEarly);
        }

        if (payment.IsContested())
        {
            coverage.Met(Situation.ContestedHears);
        }
    }

    public void TurnedAway(PaymentRecord payment, AttemptRecord attempt)
    {
        coverage.Met(Situation.TurnedAwayByLane);
        attempt.IsTurnedAway = true;
        if (attempt.HasLeft)
        {
            throw new LawBroken(
                Clause.NotSentIsTrue, payment.Id,
                $"attempt {attempt.No} is said to be unsent, and its bytes have left");
        }
    }

    public void Ends(PaymentRecord payment, AttemptRecord attempt, End end, Moment moment)
    {
        if (end.IsSuccess)
        {
            NeedsSuccess(payment, attempt, end);
        }
        else if (end.Landed == Landed.NotSent)
        {
            NeedsToBeUnsent(payment, attempt);
        }
        else if (end.Class == Class.NotFound)
        {
            NeedsAbsence(payment, attempt, end, moment);
        }
        else
        {
            NeedsFailure(payment, attempt, end);
        }
    }

    /// <summary>A payout's notice, before a question has confirmed it.</summary>
    public void Claims(PaymentRecord payment, AttemptRecord attempt, End told)
    {
        coverage.Met(Situation.PayoutSaidByNotice);
        if (!payment.Stored!.Order.IsPayout || Find(attempt, told, byNotice: true) is null)
        {
            throw new LawBroken(
                Clause.CasesRestOnWords, payment.Id,
                $"attempt {attempt.No} is claimed to be {told.Class}, and nobody said so");
        }
    }

    public void News(PaymentRecord payment, AttemptRecord attempt, End told)
    {
        if (told.IsSuccess || told.IsFailure)
        {
            throw new LawBroken(Clause.FailureNeedsAWord, payment.Id, $"attempt {attempt.No} is {told.Class}, and does not end");
        }

        if (told.Landed == Landed.Landed && !attempt.Heard(Says.Pending))
        {
            throw new LawBroken(
                Clause.FailureNeedsAWord, payment.Id, $"attempt {attempt.No} is at {attempt.Channel}, which has not said so");
        }
    }

    public void Opens(PaymentRecord payment, CaseRecord opened, Moment moment)
    {
        var attempt = payment.Attempt(opened.AttemptNo);
        var isGrounded = opened.Reason switch
        {
            Reason.Duplicate => payment.Attempts.Count == 0 && payment.Stored!.IsHeld,
            Reason.LateSuccess => attempt is { Standing: AttemptStanding.Failed } && attempt.Heard(Says.Moved),
            Reason.LateFailure => attempt is { Standing: AttemptStanding.Succeeded } && HeardFailure(attempt),
            Reason.SecondSuccess => attempt is not null && attempt.Heard(Says.Moved),
            Reason.NoticeContradicted => attempt is { Claim: not null } && attempt.Heard(Says.Moved) && HeardFailure(attempt),
            Reason.PayoutNotFound => attempt is not null && payment.Stored!.Order.IsPayout && IsAbsent(attempt, moment),
            Reason.LandedNotFound => attempt is not null && attempt.Heard(Says.Pending) && IsAbsent(attempt, moment),
            Reason.NotFoundElsewhere => attempt is not null && attempt.Heard(Says.Absent),
            Reason.UnknownTooLong => attempt is { Standing: AttemptStanding.Open },
            _ => false,
        };
        if (!isGrounded || (opened.Told is { } told && attempt is not null && !WasSaid(attempt, told)))
        {
            throw new LawBroken(
                Clause.CasesRestOnWords, payment.Id,
                $"a case {opened.Reason} is opened on {opened.Told}, and nobody said so");
        }

        // A second debit is told under each of its references.
        if (opened.Reason != Reason.SecondSuccess && payment.Cases.Exists(known => known.Reason == opened.Reason
            && known.AttemptNo == opened.AttemptNo && payment.IsOpen(known)))
        {
            throw new LawBroken(
                Clause.CasesRestOnWords, payment.Id, $"a case {opened.Reason} is opened, and there is one already");
        }

        Count(opened.Reason);
    }

    /// <summary>The channel need not say it again, so it must be stored: as the end, a claim, or a case.</summary>
    public void Acknowledged(PaymentRecord payment, AttemptRecord attempt, Word word, bool isNews)
    {
        var (says, @class) = Meaning.Of(word, attempt.OrderNo, payment.Stored!.Order.Amount, attempt.Channel);
        if (says == Says.Nothing)
        {
            throw new LawBroken(Clause.UnbelievableIsRefused, payment.Id, $"{word} was acknowledged");
        }

        if (!isNews)
        {
            coverage.Met(Situation.NoticeKnownAlready);
        }

        var told = new End(@class, Landed.Landed, word.Code, word.Reference);
        var isRuledUpon = attempt.IsRuledUpon && attempt.Known.IsSuccess == told.IsSuccess;
        var isKept = isRuledUpon || HasCase(payment, attempt, told) || says switch
        {
            Says.Moved => IsKept(attempt, told) || (attempt.IsRuledUpon && attempt.Standing == AttemptStanding.Succeeded),
            Says.NotMoved or Says.NotLanded =>
                attempt.Standing == AttemptStanding.Failed || attempt.Claim is { IsSuccess: false },
            _ => true,
        };
        if (!isKept)
        {
            throw new LawBroken(
                Clause.AcknowledgedIsKept, payment.Id,
                $"{word} was acknowledged, and attempt {attempt.No} is {attempt.Standing} without a case");
        }
    }

    private static bool IsKept(AttemptRecord attempt, End told) =>
        (attempt.Standing == AttemptStanding.Succeeded && attempt.Known.Reference == told.Reference)
        || (attempt.Claim is { IsSuccess: true } claim && claim.Reference == told.Reference);

    private static bool HasCase(PaymentRecord payment, AttemptRecord attempt, End told)
    {
        var seconds = 0;
        foreach (var known in payment.Cases)
        {
            seconds += known.Reason == Reason.SecondSuccess ? 1 : 0;
            if (known.AttemptNo == attempt.No && (IsSame(known.Told, told) || IsSame(known.Against, told)))
            {
                return true;
            }
        }

        return seconds >= MostSecondSuccesses;
    }

    /// <summary>Failures are the same word whatever the code: nobody pays twice for them.</summary>
    private static bool IsSame(End? known, End told) => known is { } end && end.IsSuccess == told.IsSuccess
        && (!told.IsSuccess || end.Reference == told.Reference);

    private void NeedsSuccess(PaymentRecord payment, AttemptRecord attempt, End end)
    {
        if (Find(attempt, end, byNotice: null) is null)
        {
            throw new LawBroken(
                Clause.SuccessNeedsAWord, payment.Id,
                $"attempt {attempt.No} succeeds, and {attempt.Channel} has not said so");
        }

        MustBeConfirmed(payment, attempt, end);
        coverage.Met(Find(attempt, end, byNotice: false) switch
        {
            null => Situation.SuccessByNotice,
            { Word.Phase: WordPhase.Query } => Situation.SuccessByQuestion,
            _ => Situation.SuccessByAnswer,
        });
    }

    private void NeedsFailure(PaymentRecord payment, AttemptRecord attempt, End end)
    {
        if (!end.IsFailure || Find(attempt, end, byNotice: null) is null)
        {
            throw new LawBroken(
                Clause.FailureNeedsAWord, payment.Id,
                $"attempt {attempt.No} fails as {end}, and {attempt.Channel} has not said so");
        }

        MustBeConfirmed(payment, attempt, end);
        coverage.Met(Find(attempt, end, byNotice: false) switch
        {
            null => Situation.FailureByNotice,
            { Word.Phase: WordPhase.Query } => Situation.FailureByQuestion,
            _ => Situation.FailureByAnswer,
        });
    }

    private void MustBeConfirmed(PaymentRecord payment, AttemptRecord attempt, End end)
    {
        if (!payment.Stored!.Order.IsPayout)
        {
            return;
        }

        if (Find(attempt, end, byNotice: false) is null)
        {
            throw new LawBroken(
                Clause.PayoutsNeedTwoWords, payment.Id,
                $"a notice alone ends attempt {attempt.No} as {end.Class}");
        }

        if (attempt.Claim is not null)
        {
            coverage.Met(Situation.PayoutConfirmed);
        }
    }

    private void NeedsToBeUnsent(PaymentRecord payment, AttemptRecord attempt)
    {
        if (!attempt.IsTurnedAway)
        {
            coverage.Met(Situation.TakenBackByBook);
        }

        if (attempt.HasLeft || (!attempt.IsTurnedAway && attempt.HasLeftBook))
        {
            throw new LawBroken(
                Clause.NotSentIsTrue, payment.Id,
                $"attempt {attempt.No} ends as unsent, and nobody can know that");
        }
    }

    private void NeedsAbsence(PaymentRecord payment, AttemptRecord attempt, End end, Moment moment)
    {
        // A channel's word may be lost on its way to the book; what is stored of it counts.
        // Where people have ended the payment, its end is of no consequence.
        var isHeld = payment.Stored!.Order.IsPayout || attempt.Known.Landed == Landed.Landed;
        if ((isHeld && !payment.IsRuledUpon) || end.Landed != Landed.NotLanded || !IsAbsent(attempt, moment))
        {
            throw new LawBroken(
                Clause.AbsenceIsProven, payment.Id,
                $"attempt {attempt.No} ends as not found, and that is not proven");
        }

        coverage.Met(Situation.AbsenceBelieved);
    }

    /// <summary>
    /// Enough answers to questions of one life of the book agree, spaced, from the account that got the order, the last one to
    /// a question after the documented delay.
    /// </summary>
    private bool IsAbsent(AttemptRecord attempt, Moment moment)
    {
        var spacing = rules.NotFoundIsFinalAfter / (rules.NotFoundAgreeing + 1);
        spacing = spacing < TimeSpan.FromMinutes(1) ? spacing : TimeSpan.FromMinutes(1);

        // The lane's clock may be behind by the one skew, the book's ahead by the other.
        var clocksDiffer = 2 * rules.MaxClockSkew;
        var begun = attempt.AskedAnew ?? attempt.Started.Decided;
        var final = begun + rules.QueueDeadline + rules.NotFoundIsFinalAfter + clocksDiffer;
        var (agreeing, last, lastAsked) = (0, TimeSpan.MinValue, TimeSpan.MinValue);
        foreach (var (word, meaning, at) in attempt.Words)
        {
            if (at > moment.Decided)
            {
                break;
            }

            if (word.Phase == WordPhase.Query && !attempt.Arrived.Contains(word.Question))
            {
                continue;
            }

            if (meaning.Says is Says.Moved or Says.NotMoved or Says.NotLanded or Says.Pending)
            {
                (agreeing, last) = (0, TimeSpan.MinValue);
                continue;
            }

            if (meaning.Says != Says.Absent || !word.IsOfItsAccount || QuestionOf(attempt, word.Question) is not { } question)
            {
                continue;
            }

            lastAsked = question.Left;
            if (agreeing == 0 || question.Left + Rounding - last >= spacing)
            {
                (agreeing, last) = (agreeing + 1, question.NotBefore);
            }
        }

        return agreeing >= rules.NotFoundAgreeing && lastAsked + Rounding >= final;
    }

    private static Question? QuestionOf(AttemptRecord attempt, long number)
    {
        foreach (var question in attempt.Questions)
        {
            if (question.Number == number)
            {
                return question;
            }
        }

        return null;
    }

    private static bool HeardFailure(AttemptRecord attempt) => attempt.Heard(Says.NotMoved) || attempt.Heard(Says.NotLanded);

    private static bool WasSaid(AttemptRecord attempt, End told) => told.Class == Class.NotFound
        ? attempt.Heard(Says.Absent)
        : Find(attempt, told, byNotice: null) is not null;

    /// <param name="byNotice">Null: whichever way it came.</param>
    private static Heard? Find(AttemptRecord attempt, End end, bool? byNotice)
    {
        foreach (var heard in attempt.Words)
        {
            var isDefinite = heard.Meaning.Says is Says.Moved or Says.NotMoved or Says.NotLanded;
            if (isDefinite && heard.Meaning.Class == end.Class && heard.Word.Code == end.Code
                && (byNotice is null || heard.Word.Phase == WordPhase.Notice == byNotice)
                && (end.Reference is null || !end.IsSuccess || heard.Word.Reference == end.Reference)
                && LandedAsSaid(heard.Meaning.Says, end.Landed))
            {
                return heard;
            }
        }

        return null;
    }

    private static bool LandedAsSaid(Says says, Landed landed) =>
        landed == (says == Says.NotLanded ? Landed.NotLanded : Landed.Landed);

    private static Situation WhatIsWrong(PaymentRecord payment, AttemptRecord attempt, Word word)
    {
        if (!word.IsSigned)
        {
            return Situation.WrongSignature;
        }

        if (word.Age != TimeSpan.Zero)
        {
            return Situation.WrongTime;
        }

        if (word.Channel != attempt.Channel)
        {
            return Situation.WrongChannel;
        }

        if (word.OrderNo != attempt.OrderNo)
        {
            return Situation.WrongOrder;
        }

        if (word.Currency != payment.Stored!.Order.Currency)
        {
            return Situation.WrongCurrency;
        }

        return word.Amount != payment.Stored.Order.Amount ? Situation.WrongAmount : Situation.WrongCode;
    }

    private void Count(Reason reason)
    {
        Situation? met = reason switch
        {
            Reason.LateSuccess => Situation.LateSuccessShown,
            Reason.LateFailure => Situation.LateFailureShown,
            Reason.SecondSuccess => Situation.SecondReferenceShown,
            Reason.NoticeContradicted => Situation.ContradictionShown,
            Reason.PayoutNotFound => Situation.AbsenceOfPayout,
            Reason.LandedNotFound => Situation.AbsenceOfHeldOrder,
            Reason.NotFoundElsewhere => Situation.AbsenceElsewhere,
            Reason.UnknownTooLong => Situation.UnknownForLong,
            _ => null,
        };
        if (met is { } situation)
        {
            coverage.Met(situation);
        }
    }
}
