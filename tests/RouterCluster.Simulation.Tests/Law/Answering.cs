namespace RouterCluster.Simulation.Tests.Law;

/// <summary>Chapter 4: what merchants and people may be told.</summary>
internal sealed class Answering(Rules rules, Coverage coverage)
{
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    public void Accepted(PaymentRecord payment, Order stored, DateTimeOffset expiresAt, Moment moment)
    {
        var isAnyOpen = false;
        foreach (var request in payment.Requests)
        {
            if (request.Order == stored && moment.Utc + request.ExpiresIn == expiresAt)
            {
                payment.Stored = request;
                isAnyOpen |= !request.IsRefused;
            }
        }

        if (payment.Stored is null)
        {
            throw new LawBroken(
                Clause.StoredAsAsked, payment.Id,
                $"{stored} until {expiresAt:O} is stored, and nobody asked for that");
        }

        if (!isAnyOpen)
        {
            throw new LawBroken(Clause.RefusedIsNotStored, payment.Id, "every request was refused, and it is stored");
        }

        coverage.Met(Situation.StoredInTime);
        if (payment.Requests.TrueForAll(request => request.Deadline + Rounding < moment.Decided))
        {
            throw new LawBroken(
                Clause.LateIsNotStored, payment.Id, $"it is stored at {moment.Decided}, and nobody waits for it any more");
        }
    }

    /// <param name="order">As it is told.</param>
    /// <param name="view">Everything else that is told.</param>
    public void Told(PaymentRecord payment, Order order, ulong view, bool isFromReadModel)
    {
        if (payment.Stored is null || payment.Stored.Order != order)
        {
            throw new LawBroken(Clause.AnswersAreStored, payment.Id, $"{order} is told, and stored is {payment.Stored?.Order}");
        }

        coverage.Met(isFromReadModel ? Situation.AnswerFromReadModel
            : payment.IsFinal ? Situation.AnswerOfEnded : Situation.AnswerOfOpen);
        for (var version = payment.Versions.Count - 1; version >= 0; version--)
        {
            if (payment.Versions[version] == view)
            {
                return;
            }
        }

        throw new LawBroken(Clause.AnswersAreStored, payment.Id, "a state is told that never was stored");
    }

    /// <param name="askedAt">A book may answer as of then.</param>
    public void Denied(PaymentRecord payment, TimeSpan askedAt)
    {
        coverage.Met(Situation.DeniedUnstored);
        if (payment.Stored is not null && payment.StoredAt < askedAt)
        {
            throw new LawBroken(
                Clause.StoredIsFound, payment.Id,
                $"it was stored at {payment.StoredAt}, and is denied to whom asked at {askedAt}");
        }
    }

    public void Cancelled(PaymentRecord payment, bool isClosed)
    {
        if (!isClosed)
        {
            return;
        }

        if (payment.Standing != Standing.Closed)
        {
            throw new LawBroken(Clause.UncancelledSaysWhy, payment.Id, $"it is told as cancelled, and it is {payment.Standing}");
        }

        if (payment.Cancels.Count(cancel => cancel.IsAnswered) > 1)
        {
            coverage.Met(Situation.CancelledTwice);
        }
    }

    public void NotCancelled(PaymentRecord payment, CancelRecord cancel, Uncancelled why)
    {
        var isDoubtful = payment.Cases.Exists(known => known.Reason != Reason.Duplicate) || payment.Attempts.Exists(known =>
            known.Heard(Says.Moved)
            || (known.Started.Decided <= cancel.Received && (known.Ended is null || known.Ended >= cancel.Asked)));
        var (situation, isTrue) = why switch
        {
            Uncancelled.Ended =>
                (Situation.UncancelledAsEnded, payment.IsFinal && payment.Standing != Standing.Closed),
            Uncancelled.Sent => (Situation.UncancelledAsSent, payment.Attempts.Exists(known =>
                known.Standing != AttemptStanding.Open && known.Known.Landed != Landed.NotSent)),
            Uncancelled.OnItsWay => (Situation.UncancelledOnItsWay, isDoubtful),
            _ => (Situation.UncancelledAsUnknown, isDoubtful),
        };
        coverage.Met(situation);
        if (!isTrue)
        {
            throw new LawBroken(
                Clause.UncancelledSaysWhy, payment.Id,
                $"it is not cancelled, as {why} would have it, and it is {payment.Standing} with its attempts "
                + string.Join(' ', payment.Attempts.Select(known => known.Known.Landed)));
        }
    }

    public void NoRoute(PaymentRecord payment, RequestRecord request)
    {
        coverage.Met(Situation.NoRouteAnswered);
        request.IsRefused = true;
        Denied(payment, request.At);
        if (rules.Channels.FirstOrDefault(terms => terms.Take(request.Order)) is { } able)
        {
            throw new LawBroken(
                Clause.NoRouteIsTrue, payment.Id,
                $"no channel could ever take it, it is said, and {able.Channel} does");
        }
    }

    public void NoChannel(PaymentRecord payment, RequestRecord request)
    {
        coverage.Met(Situation.NoChannelAnswered);
        request.IsRefused = true;
        Denied(payment, request.At);
    }
}
