namespace RouterCluster.Simulation.Tests.Law;

/// <summary>Chapter 5: who is asked about an order, and when.</summary>
internal sealed class Questions(Rules rules, Coverage coverage)
{
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(20);

    /// <summary>Questions that are out, by book in its present life and channel.</summary>
    private readonly Dictionary<(object Asker, string Channel), List<Question>> _out = [];

    /// <param name="asker">The book in its present life.</param>
    /// <param name="begun">When that life began.</param>
    /// <param name="question">With the first moment at which it may have been decided.</param>
    public void Leaves(PaymentRecord payment, AttemptRecord? attempt, object asker, TimeSpan begun, Question question)
    {
        if (attempt is null || attempt.Ended < question.NotBefore)
        {
            throw new LawBroken(Clause.OnlyOpenIsAsked, payment.Id, $"an attempt is asked about that is {attempt?.Standing}");
        }

        TakeCredit(payment, attempt, asker, question);
        if (question.NotBefore <= attempt.AskedAnew)
        {
            // One of the schedule before: it was decided with the same commit in which people sent the payment back.
            attempt.Asker = asker;
            return;
        }

        if (attempt.Asker != asker || attempt.Questions.Count == 0)
        {
            (attempt.Asker, attempt.Unknown, attempt.IsOverdue) = (asker, attempt.StoredUnknown, false);
            attempt.Questions.Clear();
        }
        else
        {
            GrowOlder(attempt, question);
        }

        if (Earliest(attempt, begun) is { } earliest && question.Left + Rounding < earliest)
        {
            question = question with { IsByHand = TakeByHand(payment, attempt, asker, question, earliest) };
        }

        attempt.Questions.Add(question);
        ShownInTime(payment, attempt);
    }

    public void Answered(AttemptRecord attempt, long question)
    {
        if (attempt.Asker is { } asker && _out.TryGetValue((asker, attempt.Channel), out var questions))
        {
            questions.RemoveAll(known => known.Number == question);
        }
    }

    /// <summary>A question gives its credit back when it is answered, or when its time is over.</summary>
    private void TakeCredit(PaymentRecord payment, AttemptRecord attempt, object asker, Question question)
    {
        if (!_out.TryGetValue((asker, attempt.Channel), out var questions))
        {
            _out[(asker, attempt.Channel)] = questions = [];
        }

        questions.RemoveAll(known => known.NotBefore + rules.QueryTimeout <= question.Left);
        questions.Add(question);
        coverage.Met(Situation.QuestionWithOthersOut);
        if (questions.Count > rules.QueryCredit)
        {
            throw new LawBroken(
                Clause.CreditIsKept, payment.Id,
                $"{questions.Count} questions are out at {attempt.Channel}, of {rules.QueryCredit}");
        }
    }

    /// <summary>A person asks the book in its present life; the book may ask the channel once for it.</summary>
    public static void AskedByHand(AttemptRecord attempt, object asker)
    {
        attempt.ByHand[asker] = attempt.ByHand.GetValueOrDefault(asker) + 1;
    }

    /// <summary>A question before its time is one that a person has asked, each of them once.</summary>
    private bool TakeByHand(
        PaymentRecord payment, AttemptRecord attempt, object asker, Question question, TimeSpan earliest)
    {
        if (attempt.ByHand.GetValueOrDefault(asker) == 0)
        {
            throw new LawBroken(
                Clause.AskedBySchedule, payment.Id,
                $"question {attempt.Questions.Count + 1} about attempt {attempt.No} is asked at {question.Left}, "
                + $"before {earliest}");
        }

        coverage.Met(Situation.QuestionByHand);
        attempt.ByHand[asker]--;
        return true;
    }

    /// <summary>The first moment at which the schedule may ask; null: nothing is said of it.</summary>
    private TimeSpan? Earliest(AttemptRecord attempt, TimeSpan begun)
    {
        var scheduled = attempt.Questions.Where(known => !known.IsByHand).ToList();
        if (scheduled is [.., var last])
        {
            return Further(attempt, scheduled.Count, last);
        }

        // Also "not found" that a person has asked for makes questions at other moments worth while.
        return attempt.Questions.Count > 0 && attempt.Heard(Says.Absent) ? null : First(attempt, begun);
    }

    private TimeSpan First(AttemptRecord attempt, TimeSpan begun)
    {
        var (met, earliest) = (Situation.FirstQuestionAfterSilence,
            attempt.Started.Decided + rules.QueueDeadline + rules.SubmitTimeout + TimeSpan.FromSeconds(1));
        if (attempt.WasClaimed)
        {
            (met, earliest) = (Situation.FirstQuestionAfterAnswer, attempt.Started.Decided);
        }
        else if (attempt.AskedAnew is { } anew)
        {
            (met, earliest) = (Situation.FirstQuestionAfterAnswer, Later(anew, begun) + rules.Schedule[0]);
        }
        else if (attempt.Started.Decided < begun)
        {
            (met, earliest) = (Situation.FirstQuestionAfterRestart, begun + rules.Schedule[0]);
        }
        else if (attempt.Reported + rules.Schedule[0] < earliest)
        {
            (met, earliest) = (Situation.FirstQuestionAfterAnswer, attempt.Reported!.Value + rules.Schedule[0]);
        }

        coverage.Met(met);
        return earliest;
    }

    private static void GrowOlder(AttemptRecord attempt, Question question)
    {
        // A book may have decided to ask again just before it heard.
        var last = attempt.Questions[^1];
        if (attempt.Answered.Question == last.Number && attempt.Answered.At < question.NotBefore)
        {
            attempt.Unknown += question.NotBefore - last.Left;
        }
    }

    /// <summary>
    /// The schedule, from its beginning after each claim. "Not found" makes questions at other moments worth while, so that
    /// nothing is said of them here.
    /// </summary>
    private TimeSpan? Further(AttemptRecord attempt, int scheduled, Question last)
    {
        if (attempt.WasClaimed || attempt.Heard(Says.Absent) || last.NotBefore < attempt.Reported)
        {
            return null;
        }

        coverage.Met(Situation.FurtherQuestion);
        return last.NotBefore + rules.Schedule[Math.Min(scheduled - 1, rules.Schedule.Count - 1)];
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>
    /// What a channel that answers has not told for too long, people look at. A book counts the pauses between its questions a
    /// little differently, so that twice the time is allowed.
    /// </summary>
    private void ShownInTime(PaymentRecord payment, AttemptRecord attempt)
    {
        if (payment.Standing != Standing.Processing || attempt.Unknown <= 2 * rules.SuspendAfter)
        {
            return;
        }

        if (attempt.IsOverdue)
        {
            throw new LawBroken(
                Clause.LongUnknownIsShown, payment.Id,
                $"attempt {attempt.No} is unknown for {attempt.Unknown}, and nobody looks at it");
        }

        attempt.IsOverdue = true;
    }
}
