namespace RouterCluster.Simulation.Tests.Law;

/// <summary>Chapter 1: who may be sent what, when, and after what.</summary>
internal sealed class Sending(Rules rules, Coverage coverage)
{
    private const int MostNumbers = 99;

    /// <summary>An order may cross the news of a success on its way for so long.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(10);

    /// <summary>An order that is late by seconds may meet a lane that has just begun to live, and hears the news soon.</summary>
    private static readonly TimeSpan UntilToldAgain = TimeSpan.FromSeconds(0.5);

    public void Starts(PaymentRecord payment, int no, string channel, DateTimeOffset sendBefore, Moment moment)
    {
        if (no != payment.Attempts.Count + 1 || no > MostNumbers)
        {
            throw new LawBroken(Clause.AttemptsAreBounded, payment.Id, $"attempt {no} follows {payment.Attempts.Count}");
        }

        NotCancelled(payment, no, moment);
        NothingElseMayMove(payment, no);
        Kept(payment);
        if (moment.Utc >= payment.ExpiresAt)
        {
            throw new LawBroken(
                Clause.NothingStartsAfterExpiry, payment.Id,
                $"attempt {no} starts at {moment.Utc:O}, after {payment.ExpiresAt:O}");
        }

        if (payment.Reached >= rules.MaxAttempts)
        {
            throw new LawBroken(
                Clause.AttemptsAreBounded, payment.Id,
                $"attempt {no} starts, and {rules.MaxAttempts} are allowed");
        }

        Fits(payment, channel);
        IsNext(payment, channel, moment);
        if (sendBefore != moment.Utc + rules.QueueDeadline)
        {
            throw new LawBroken(
                Clause.NothingLeavesLate, payment.Id, $"attempt {no} of {moment.Utc:O} may be sent until {sendBefore:O}");
        }
    }

    public void LeavesBook(PaymentRecord payment, AttemptRecord? attempt, Order order, string orderNo, string channel)
    {
        coverage.Met(Situation.OrderLeaves);
        if (attempt is null)
        {
            throw new LawBroken(Clause.StoredBeforeSent, payment.Id, $"{orderNo} leaves its book, and is not stored");
        }

        var stored = payment.Stored!.Order;
        if (attempt.OrderNo != orderNo || attempt.Channel != channel || order with { OrderNo = stored.OrderNo } != stored)
        {
            throw new LawBroken(
                Clause.SentAsStored, payment.Id,
                $"{orderNo} leaves for {channel} as {order}, and stored is {stored} for {attempt.Channel}");
        }

        if (attempt.HasLeftBook)
        {
            throw new LawBroken(Clause.SentOnce, payment.Id, $"the order of attempt {attempt.No} leaves its book once more");
        }

        attempt.HasLeftBook = true;
    }

    /// <param name="clock">The sender's own.</param>
    /// <param name="opened">When the lane that sends it began its present life.</param>
    public void BytesLeave(
        PaymentRecord payment, AttemptRecord attempt, DateTimeOffset clock, TimeSpan opened, TimeSpan now)
    {
        coverage.Met(Situation.BytesLeave);
        if (payment.Standing == Standing.Closed)
        {
            throw new LawBroken(
                Clause.CancelledSendsNothing, payment.Id, $"bytes of attempt {attempt.No} leave, and it is closed");
        }

        if (attempt.HasLeft || !attempt.HasLeftBook)
        {
            throw new LawBroken(
                Clause.SentOnce, payment.Id,
                $"bytes of attempt {attempt.No} leave once more, or before its order");
        }

        attempt.HasLeft = true;
        if (attempt.Standing != AttemptStanding.Open)
        {
            throw new LawBroken(Clause.SentOnce, payment.Id, $"bytes of attempt {attempt.No} leave, which has ended");
        }

        if (clock > attempt.SendBefore)
        {
            throw new LawBroken(
                Clause.NothingLeavesLate, payment.Id,
                $"bytes of attempt {attempt.No} leave at {clock:O}, after {attempt.SendBefore:O}");
        }

        if (clock > attempt.SendBefore - (rules.QueueDeadline / 4))
        {
            coverage.Met(Situation.BytesNearTheirLimit);
        }

        var known = payment.SuccessStored > opened + UntilToldAgain ? payment.SuccessStored : opened + UntilToldAgain;
        if (payment.SuccessStored is { } stored && now - known > OnItsWay)
        {
            throw new LawBroken(
                Clause.NothingLeavesAfterSuccess, payment.Id,
                $"bytes of attempt {attempt.No} leave, and a success was stored at {stored}");
        }
    }

    /// <summary>Counts what would have been wrong and did not happen: the payment ends with channels free.</summary>
    public void Ends(PaymentRecord payment, End last)
    {
        if (!rules.IsAnyLeft(payment))
        {
            return;
        }

        coverage.Met(last.Class switch
        {
            Class.Risk => Situation.RiskWithChannelsFree,
            Class.OurRequest => Situation.OurRequestWithChannelsFree,
            _ when !Meaning.GoesOn(last.Class) => Situation.DeclineWithChannelsFree,
            _ when payment.Reached >= rules.MaxAttempts => Situation.LastAttemptWithChannelsFree,
            _ => Situation.ExpiredWithChannelsFree,
        });
    }

    private void NotCancelled(PaymentRecord payment, int no, Moment moment)
    {
        var isUnsent = payment.Reached == 0;
        if (payment.Standing == Standing.Closed
            || (isUnsent && payment.Heeded.Any(cancel => cancel.IsPending && cancel.Received < moment.Decided)))
        {
            throw new LawBroken(
                Clause.CancelledSendsNothing, payment.Id, $"attempt {no} starts, and the payment is cancelled and unsent");
        }

        if (isUnsent && payment.Heeded.Any())
        {
            coverage.Met(Situation.UnsentWhileCancelled);
        }
    }

    private void NothingElseMayMove(PaymentRecord payment, int no)
    {
        foreach (var earlier in payment.Attempts)
        {
            if (earlier.Standing != AttemptStanding.Failed)
            {
                throw new LawBroken(
                    Clause.OneAttemptAtATime, payment.Id, $"attempt {no} starts, and attempt {earlier.No} is {earlier.Standing}");
            }

            if (!Meaning.GoesOn(earlier.Known.Class))
            {
                throw new LawBroken(
                    Clause.DeclinesEnd, payment.Id, $"attempt {no} starts after {earlier.Known.Class} of attempt {earlier.No}");
            }

            coverage.Met(earlier.Known switch
            {
                { Landed: Landed.NotSent } => Situation.NextAttemptUnsent,
                { Class: Class.NotFound } => Situation.NextAttemptAfterAbsence,
                _ => Situation.NextAttemptAfterRefusal,
            });
        }
    }

    private void Kept(PaymentRecord payment)
    {
        if (payment.Standing != Standing.Accepted || payment.IsRuledUpon)
        {
            throw new LawBroken(
                Clause.NothingLeavesPeople, payment.Id,
                $"an attempt starts, and it is {payment.Standing}, decided: {payment.IsRuledUpon}");
        }

        if (payment.Stored!.IsHeld)
        {
            if (payment.Ruled is not { Ruling: Ruling.Release })
            {
                throw new LawBroken(Clause.NothingLeavesPeople, payment.Id, "it is kept for people, who have not released it");
            }

            coverage.Met(Situation.ReleasedByPeople);
        }

        if (payment.SuccessStored is not null)
        {
            throw new LawBroken(Clause.NothingLeavesAfterSuccess, payment.Id, "an attempt starts after a success");
        }
    }

    private void Fits(PaymentRecord payment, string channel)
    {
        var isAnyUnfit = false;
        foreach (var terms in rules.Channels)
        {
            var takes = terms.Take(payment.Stored!.Order);
            isAnyUnfit |= !takes;
            if (!takes && terms.Channel == channel)
            {
                throw new LawBroken(Clause.OnlyFittingChannels, payment.Id, $"{channel} could never take it");
            }
        }

        if (isAnyUnfit)
        {
            coverage.Met(Situation.UnfitChannelFree);
        }
    }

    /// <summary>Whoever had the order is not asked again; whoever turned it away unsent, not in the same round.</summary>
    private void IsNext(PaymentRecord payment, string channel, Moment moment)
    {
        var isSameRound = payment.Attempts is [.., var last] && last.Standing == AttemptStanding.Failed
            && payment.LastEnd.Decided == moment.Decided;
        if (!isSameRound)
        {
            payment.RoundBegan = payment.Attempts.Count;
            if (payment.Attempts.Count > 0)
            {
                coverage.Met(Situation.NextRound);
            }
        }

        foreach (var earlier in payment.Attempts)
        {
            var mayBeAskedAgain = earlier.Known.Landed == Landed.NotSent && earlier.No <= payment.RoundBegan;
            if (earlier.Channel == channel && !mayBeAskedAgain)
            {
                throw new LawBroken(
                    Clause.EachChannelOnce, payment.Id,
                    $"{channel} had attempt {earlier.No}, and is asked again");
            }
        }
    }
}
