namespace RouterCluster.Simulation.Tests.Law;

/// <summary>Chapter 3: which state follows from what.</summary>
internal sealed class Standings(Rules rules, Coverage coverage)
{
    /// <summary>Two ticks of a book, and the rounding of its clock.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    public static void Stored(PaymentRecord payment, Moment moment)
    {
        if (moment.Utc < payment.LastTime)
        {
            throw new LawBroken(
                Clause.TimeGoesOn, payment.Id, $"an event of {moment.Utc:O} is stored after one of {payment.LastTime:O}");
        }

        payment.LastTime = moment.Utc;
    }

    public static void Ends(PaymentRecord payment, AttemptRecord? attempt, int no)
    {
        if (attempt is not { Standing: AttemptStanding.Open })
        {
            throw new LawBroken(Clause.StateFollowsAttempts, payment.Id, $"attempt {no} ends, and it is {attempt?.Standing}");
        }
    }

    public static void Succeeds(PaymentRecord payment)
    {
        if (payment.Attempts.All(known => known.Standing != AttemptStanding.Succeeded))
        {
            throw new LawBroken(Clause.StateFollowsAttempts, payment.Id, "it succeeds without an attempt that has");
        }

        if (payment.IsContested())
        {
            throw new LawBroken(
                Clause.ContestedWaits, payment.Id,
                "it succeeds while people look at words that exclude each other");
        }
    }

    public void Fails(PaymentRecord payment, Class @class, string code, string? channel, Moment moment)
    {
        if (payment.Ruled is { Ruling: Ruling.Failed } ruled && ruled.At.Decided == moment.Decided)
        {
            coverage.Met(Situation.DecidedByPeople);
            return;
        }

        if (payment.Attempts.Any(known => known.Standing != AttemptStanding.Failed))
        {
            throw new LawBroken(Clause.StateFollowsAttempts, payment.Id, "it fails, and an attempt has not");
        }

        if (payment.IsContested())
        {
            throw new LawBroken(Clause.ContestedWaits, payment.Id, "it fails while people look at words that exclude each other");
        }

        var last = payment.Attempts is [.., var attempt] ? attempt : null;
        NotTooEarly(payment, last, moment);
        IsLastWord(payment, last, @class, code, channel, moment);
    }

    public void Closes(PaymentRecord payment, Moment moment)
    {
        var isCancelled = payment.Heeded.Any(cancel => cancel.Received <= moment.Decided);
        if (isCancelled)
        {
            coverage.Met(payment switch
            {
                { Standing: Standing.Suspended } => Situation.CancelledWithPeople,
                { Attempts.Count: > 0 } when payment.LastEnd.Decided == moment.Decided => Situation.CancelledAsItCameBack,
                _ => Situation.CancelledWhileItWaits,
            });
        }
        else
        {
            coverage.Met(Situation.ClosedByTime);
        }

        if ((moment.Utc < payment.ExpiresAt && !isCancelled) || payment.Open is not null || payment.Reached > 0
            || payment.Attempts.Exists(known => known.HasLeft))
        {
            throw new LawBroken(
                Clause.ClosedIsUnsent, payment.Id,
                $"it is closed at {moment.Utc:O} of {payment.ExpiresAt:O}, cancelled: {isCancelled}, or something was sent");
        }
    }

    /// <summary>After each row, of every payment in it.</summary>
    public void RowEnds(PaymentRecord payment)
    {
        coverage.Met(Situation.RowOfChanges);
        var open = payment.Open;
        var succeeded = payment.Attempts.Any(known => known.Standing == AttemptStanding.Succeeded);
        var isRight = payment.Standing switch
        {
            Standing.Accepted => open is null && !succeeded && !payment.IsContested(),
            Standing.Processing => open is not null && !succeeded,
            Standing.Suspended => payment.HasOpenCase(),
            Standing.Succeeded => succeeded,
            Standing.Failed or Standing.Closed => payment.IsRuledUpon || payment.HasOpenCase() || (open is null && !succeeded),
            _ => false,
        };
        if (!isRight)
        {
            throw new LawBroken(
                payment.Standing == Standing.Suspended ? Clause.SuspendedHasACase : Clause.StateFollowsAttempts, payment.Id,
                $"it is {payment.Standing}, and its attempts are "
                + string.Join(' ', payment.Attempts.Select(known => known.Standing)));
        }

        if (payment.Standing == Standing.Suspended)
        {
            coverage.Met(Situation.SuspendedBySilence);
        }
    }

    private void NotTooEarly(PaymentRecord payment, AttemptRecord? last, Moment moment)
    {
        if (last is null || !Meaning.GoesOn(last.Known.Class))
        {
            coverage.Met(Situation.EndsAtOnce);
            if (last is null)
            {
                HasWaited(payment, moment);
            }

            return;
        }

        var isWithPeople = payment.IsRuledUpon || payment.Standing == Standing.Suspended;
        if (payment.Reached >= rules.MaxAttempts || moment.Utc >= payment.ExpiresAt || isWithPeople)
        {
            coverage.Met(Situation.EndsAtOnce);
            return;
        }

        if (!rules.IsAnyLeft(payment))
        {
            coverage.Met(Situation.EveryChannelTried);
            return;
        }

        HasWaited(payment, moment);
    }

    private void HasWaited(PaymentRecord payment, Moment moment)
    {
        coverage.Met(Situation.EndsAfterHold);
        if (moment.Utc < payment.ExpiresAt && moment.Decided - payment.WaitsSince + Rounding < rules.Hold)
        {
            throw new LawBroken(
                Clause.FailsNotTooEarly, payment.Id,
                $"it fails with channels left after waiting for {moment.Decided - payment.WaitsSince} of {rules.Hold}");
        }
    }

    private void IsLastWord(PaymentRecord payment, AttemptRecord? last, Class @class, string code, string? channel, Moment moment)
    {
        coverage.Met(Situation.DeclineIsTold);
        var known = last?.Known;
        var endsNow = last is not null && payment.LastEnd.Decided == moment.Decided;
        var isUnsent = known is { Landed: Landed.NotSent } unsent && Meaning.GoesOn(unsent.Class);
        var isTold = endsNow && !isUnsent
            ? @class == known!.Value.Class && channel == last!.Channel
            : @class == Class.NoChannel && channel is null;
        if (!isTold || code != (known?.Code ?? ""))
        {
            throw new LawBroken(
                Clause.FailureIsTheLastWord, payment.Id,
                $"it fails as {@class} {code} of {channel}, and the last word was {known}");
        }
    }
}
