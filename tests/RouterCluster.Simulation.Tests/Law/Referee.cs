namespace RouterCluster.Simulation.Tests.Law;

/// <summary>
/// Is told every input and every output of a life, and says of each output at once whether the law allows it. Written from
/// the contract, and shares no code with what it judges: its words for everything are its own.
/// </summary>
internal sealed class Referee
{
    private readonly Rules _rules;
    private readonly Sending _sending;
    private readonly Believing _believing;
    private readonly Standings _standings;
    private readonly Answering _answering;
    private readonly Questions _questions;
    private readonly Routing _routing;
    private readonly List<PaymentRecord> _touched = [];

    public Referee(Rules rules)
    {
        _rules = rules;
        _sending = new Sending(rules, Coverage);
        _believing = new Believing(rules, Coverage);
        _standings = new Standings(rules, Coverage);
        _answering = new Answering(rules, Coverage);
        _questions = new Questions(rules, Coverage);
        _routing = new Routing(rules, Coverage);
    }

    public Coverage Coverage { get; } = new();

    public Turns TurnsOf(string channel) => new(channel, Coverage);

    public Owners OwnersOf(string channel) => new(channel, Coverage);

    public Throttling ThrottlingOf(string lane) => new(lane, Coverage);

    public void Accepted(PaymentRecord payment, Order order, DateTimeOffset expiresAt, Moment moment, TimeSpan now)
    {
        Touch(payment, moment);
        _answering.Accepted(payment, order, expiresAt, moment);
        (payment.Standing, payment.Accepted, payment.ExpiresAt) = (Standing.Accepted, moment, expiresAt);
        (payment.StoredAt, payment.WaitsSince) = (now, moment.Decided);
        if (payment.Stored!.IsHeld)
        {
            Coverage.Met(Situation.KeptForPeople);
        }
    }

    public void Started(PaymentRecord payment, int no, string channel, string orderNo, DateTimeOffset sendBefore, Moment moment)
    {
        Touch(payment, moment);
        _sending.Starts(payment, no, channel, sendBefore, moment);
        payment.Attempts.Add(new AttemptRecord(no, channel, orderNo, sendBefore, moment));
        payment.Standing = Standing.Processing;
    }

    public void Unresolved(PaymentRecord payment, int no, End told, Moment moment)
    {
        Touch(payment, moment);
        var attempt = Known(payment, no);
        _believing.News(payment, attempt, told);
        Learn(attempt, told);
    }

    public void Claimed(PaymentRecord payment, int no, End told, Moment moment)
    {
        Touch(payment, moment);
        var attempt = Known(payment, no);
        _believing.Claims(payment, attempt, told);
        (attempt.Claim, attempt.WasClaimed) = (told, true);
        attempt.Known = attempt.Known with
        {
            Landed = told.Landed == Landed.Landed ? Landed.Landed : attempt.Known.Landed,
            Reference = attempt.Known.Reference ?? told.Reference,
        };
    }

    public void Ended(PaymentRecord payment, int no, End end, Moment moment, TimeSpan now)
    {
        Touch(payment, moment);
        var attempt = Known(payment, no);
        Standings.Ends(payment, attempt, no);
        _believing.Ends(payment, attempt, end, moment);
        Learn(attempt, end);
        (attempt.Claim, attempt.Ended) = (null, moment.Decided);
        attempt.Standing = end.IsSuccess ? AttemptStanding.Succeeded : AttemptStanding.Failed;
        if (end.IsSuccess)
        {
            payment.SuccessStored ??= now;
        }
        else if (payment.Standing == Standing.Processing)
        {
            payment.Standing = Standing.Accepted;
        }

        // What turns the order away unsent does not end a wait that has begun.
        if (end.Landed != Landed.NotSent || (payment.LastEnd == default && payment.Ruled is null))
        {
            payment.WaitsSince = moment.Decided;
        }

        payment.LastEnd = moment;
    }

    public void Succeeded(PaymentRecord payment, Moment moment)
    {
        Touch(payment, moment);
        Standings.Succeeds(payment);
        (payment.Standing, payment.Failure) = (Standing.Succeeded, null);
    }

    public void Failed(PaymentRecord payment, Class @class, string code, string? channel, Moment moment)
    {
        Touch(payment, moment);
        _standings.Fails(payment, @class, code, channel, moment);
        if (payment.Attempts is [.., var last])
        {
            _sending.Ends(payment, last.Known);
        }

        (payment.Standing, payment.Failure) = (Standing.Failed, (@class, code, channel));
    }

    public void Closed(PaymentRecord payment, Moment moment)
    {
        Touch(payment, moment);
        _standings.Closes(payment, moment);
        payment.Standing = Standing.Closed;
    }

    public void Suspended(PaymentRecord payment, Moment moment)
    {
        Touch(payment, moment);
        payment.Standing = Standing.Suspended;
    }

    public void CaseOpened(
        PaymentRecord payment, Reason reason, int attemptNo, End? told, End? against, Moment moment, TimeSpan now)
    {
        Touch(payment, moment);
        var opened = new CaseRecord(reason, attemptNo, told, against);
        _believing.Opens(payment, opened, moment);
        payment.Cases.Add(opened);
        if (reason == Reason.UnknownTooLong && payment.Attempt(attemptNo) is { } attempt
            && moment.Decided - attempt.Started.Decided < _rules.SuspendAfter)
        {
            throw new LawBroken(
                Clause.LongUnknownIsShown, payment.Id, $"unknown for too long after {moment.Decided - attempt.Started.Decided}");
        }

        if (told is { IsSuccess: true })
        {
            payment.SuccessStored ??= now;
            Coverage.Met(Situation.SuccessOfAnEarlierAttempt);
        }
    }

    public void Proposed(PaymentRecord payment, Ruling ruling, int attemptNo, Moment moment)
    {
        Touch(payment, moment);
        payment.Proposals.Add((ruling, attemptNo));
    }

    public void Approved(PaymentRecord payment, int no, Moment moment)
    {
        Touch(payment, moment);
        var (ruling, attemptNo) = payment.Proposals[no - 1];
        payment.Ruled = (ruling, moment);
        payment.IsRuledUpon |= ruling != Ruling.Release;
        foreach (var known in payment.Cases)
        {
            known.IsDecided |= payment.IsOpen(known);
        }

        Rule(payment, ruling, attemptNo, moment);
    }

    /// <summary>For how long the attempt has been unknown is stored.</summary>
    public void Aged(PaymentRecord payment, int no, TimeSpan unknownFor, Moment moment)
    {
        Touch(payment, moment);
        Known(payment, no).StoredUnknown = unknownFor;
    }

    /// <summary>A proposal was turned down or has expired, or the payment came back to memory: it is told as before.</summary>
    public void Noted(PaymentRecord payment, Moment moment) => Touch(payment, moment);

    public void RowEnds()
    {
        foreach (var payment in _touched)
        {
            payment.IsTouched = false;
            _standings.RowEnds(payment);
        }

        _touched.Clear();
    }

    /// <summary>An event has been stored: what it has made of the payment may be told from now on.</summary>
    public static void Changed(PaymentRecord payment)
    {
        var view = View.Of(payment);
        if (payment.Versions is not [.., var last] || last != view)
        {
            payment.Versions.Add(view);
        }
    }

    public void Asked(PaymentRecord payment, RequestRecord request) => payment.Requests.Add(request);

    public void Told(PaymentRecord payment, Order order, ulong view, bool isFromReadModel) =>
        _answering.Told(payment, order, view, isFromReadModel);

    public void Denied(PaymentRecord payment, TimeSpan askedAt) => _answering.Denied(payment, askedAt);

    public void Cancelled(PaymentRecord payment, bool isClosed) => _answering.Cancelled(payment, isClosed);

    public void NotCancelled(PaymentRecord payment, CancelRecord cancel, Uncancelled why) =>
        _answering.NotCancelled(payment, cancel, why);

    public void NoRoute(PaymentRecord payment, RequestRecord request) => _answering.NoRoute(payment, request);

    public void NoChannel(PaymentRecord payment, RequestRecord request) => _answering.NoChannel(payment, request);

    public void OrderLeaves(PaymentRecord payment, int no, Order order, string orderNo, string channel) =>
        _sending.LeavesBook(payment, payment.Attempt(no), order, orderNo, channel);

    /// <param name="opened">When the lane that sends it began its present life.</param>
    public void BytesLeave(PaymentRecord payment, int no, DateTimeOffset clock, TimeSpan opened, TimeSpan now) =>
        _sending.BytesLeave(payment, Known(payment, no), clock, opened, now);

    /// <summary>A lane has spoken of the order: it was answered, given up, or turned away.</summary>
    public void Reported(PaymentRecord payment, int no, bool isUnsent, TimeSpan now)
    {
        if (payment.Attempt(no) is { } attempt)
        {
            attempt.Reported ??= now;
            if (isUnsent)
            {
                _believing.TurnedAway(payment, attempt);
            }
        }
    }

    public void Heard(PaymentRecord payment, int no, Word word, TimeSpan now)
    {
        if (payment.Attempt(no) is { } attempt)
        {
            _believing.Hear(payment, attempt, word, now);
        }
    }

    /// <summary>The answer to a question has reached the book.</summary>
    public void AnswerArrives(PaymentRecord payment, int no, long question, TimeSpan now)
    {
        if (payment.Attempt(no) is not { } attempt)
        {
            return;
        }

        attempt.Arrived.Add(question);
        _questions.Answered(attempt, question);
        if (attempt.Words.Any(heard => heard.Word.Question == question && heard.Meaning.Says != Says.Nothing))
        {
            attempt.Answered = (question, now);
        }
    }

    public void Routed(
        Order order, IReadOnlyCollection<string> tried, string? chosen, bool isForEver, IReadOnlyList<Exclusion> excluded) =>
        _routing.Routed(order, tried, chosen, isForEver, excluded);

    public void NoticeAcknowledged(PaymentRecord payment, int no, Word word, bool isNews) =>
        _believing.Acknowledged(payment, Known(payment, no), word, isNews);

    public void QuestionLeaves(
        PaymentRecord payment, int no, string orderNo, string channel, object asker, TimeSpan begun, Question question)
    {
        var attempt = payment.Attempt(no);
        if (attempt is null || attempt.OrderNo != orderNo || attempt.Channel != channel)
        {
            throw new LawBroken(
                Clause.OnlyOpenIsAsked, payment.Id,
                $"{channel} is asked about {orderNo}, and that is not attempt {no}");
        }

        _questions.Leaves(payment, attempt, asker, begun, question);
    }

    public static void AskedByHand(PaymentRecord payment, object asker)
    {
        if (payment.Open is { } attempt)
        {
            Questions.AskedByHand(attempt, asker);
        }
    }

    private void Touch(PaymentRecord payment, Moment moment)
    {
        Standings.Stored(payment, moment);
        if (!payment.IsTouched)
        {
            payment.IsTouched = true;
            _touched.Add(payment);
        }
    }

    private static AttemptRecord Known(PaymentRecord payment, int no) => payment.Attempt(no)
        ?? throw new LawBroken(Clause.StoredBeforeSent, payment.Id, $"attempt {no} is spoken of, and is not stored");

    private static void Learn(AttemptRecord attempt, End told) => attempt.Known = told with
    {
        Landed = told.Landed == Landed.Maybe ? attempt.Known.Landed : told.Landed,
        Reference = told.Reference ?? attempt.Known.Reference,
    };

    private static void Rule(PaymentRecord payment, Ruling ruling, int attemptNo, Moment moment)
    {
        switch (ruling)
        {
            case Ruling.Succeeded:
                End(payment.Attempts[attemptNo - 1], AttemptStanding.Succeeded, moment);
                break;
            case Ruling.Failed:
                payment.Attempts.ForEach(attempt => End(attempt, AttemptStanding.Failed, moment));
                break;
            case Ruling.KeepAsking:
                payment.Standing = Standing.Processing;
                AskAnew(payment.Open!, moment);
                break;
            case Ruling.Release:
                payment.Standing = Standing.Accepted;
                payment.ExpiresAt = moment.Utc + (payment.ExpiresAt - payment.Accepted.Utc);
                payment.WaitsSince = moment.Decided;
                break;
        }
    }

    private static void AskAnew(AttemptRecord attempt, Moment moment)
    {
        attempt.AskedAnew = moment.Decided;
        (attempt.Unknown, attempt.StoredUnknown) = (TimeSpan.Zero, TimeSpan.Zero);
        (attempt.IsOverdue, attempt.Answered) = (false, default);
        attempt.Questions.Clear();
    }

    private static void End(AttemptRecord attempt, AttemptStanding end, Moment moment)
    {
        if (attempt.Standing != end)
        {
            (attempt.Standing, attempt.Claim, attempt.IsRuledUpon) = (end, null, true);
            attempt.Ended ??= moment.Decided;
        }
    }
}
