using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>What is unclear is asked about, never sent again.</summary>
public sealed class QueryTests
{
    private readonly BookHarness _book = new();

    [Fact]
    public void S2_a_submit_of_which_nothing_is_heard_is_asked_about_and_never_sent_again()
    {
        _book.Accept();
        _book.Pass(20.75);
        Assert.Empty(_book.Queries);
        _book.Pass(0.25);
        Assert.Equal(IdOf().AttemptOrderNo(1), Assert.Single(_book.Queries).OrderNo);
        Assert.Equal(0, _book.Counted[Alpha]);
        _book.Pass(3600, step: 1);
        Assert.Single(_book.Submits);
        Assert.Equal(PaymentState.Processing, _book.Read().State);
    }

    [Fact]
    public void S2_after_a_restart_every_open_attempt_is_asked_about_and_none_is_sent()
    {
        _book.Accept("A-1");
        _book.Accept("A-2");
        _book.Tell(Unknown, orderNo: "A-2");
        _book.Crash();
        _book.Pass(5);
        Assert.Equal(2, _book.Submits.Count);
        Assert.Equal([IdOf("A-1"), IdOf("A-2")], _book.Queries.Select(query => query.Payment).ToHashSet());
    }

    [Fact]
    public void A_held_payment_goes_on_after_a_restart()
    {
        _book.Accept();
        _book.Router = _ => null;
        _book.Tell(LaneFull);
        _book.Pass(5);
        _book.Router = BookHarness.FirstUntried;
        _book.Crash();
        _book.Pass(1);
        Assert.Equal(2, _book.Read().OpenAttempt!.No);
    }

    [Fact]
    public void Questions_follow_the_schedule_and_the_last_pause_repeats()
    {
        _book.Accept();
        _book.Tell(Unknown);
        Assert.Equal([1, 2, 5, 5, 5], Pauses(5, Processing));
    }

    [Fact]
    public void An_answer_that_is_none_waits_for_the_next_pause_too()
    {
        _book.Accept();
        _book.Tell(Unknown);
        Assert.Equal([1, 2, 5], Pauses(3, Outcome.Unknown("timeout")));
    }

    [Fact]
    public void A_notice_that_knows_no_order_is_no_answer_and_moves_no_question()
    {
        _book.Accept();
        _book.Notice(NotFound);
        _book.Tell(Unknown);
        Assert.Equal([1, 2, .. Enumerable.Repeat(5, 12)], Pauses(14, Outcome.Unknown("timeout")));
    }

    [Fact]
    public void A_question_without_an_answer_is_asked_again_after_its_timeout()
    {
        _book.Accept();
        _book.Tell(Unknown);
        _book.Pass(1);
        _book.Pass(11.75);
        Assert.Single(_book.Queries);
        _book.Pass(0.5);
        Assert.Equal(2, _book.Queries.Count);
    }

    [Fact]
    public void A_book_has_no_more_questions_out_than_its_credit_and_answers_return_it()
    {
        AcceptUnknown(5);
        _book.Pass(3);
        Assert.Equal(2, _book.Queries.Count);
        _book.AnswerQuery(Success, _book.Queries[0]);
        _book.Pass(0.25);
        Assert.Equal(3, _book.Queries.Count);
    }

    [Fact]
    public void Missed_answers_return_their_credit_once()
    {
        AcceptUnknown(2);
        _book.Pass(1);
        var first = _book.Queries.ToList();
        _book.Pass(10);
        Assert.Equal(2, _book.Queries.Count);
        _book.Pass(2);
        Assert.Equal(4, _book.Queries.Count);
        first.ForEach(query => _book.AnswerQuery(Success, query));
        Assert.Equal(PaymentState.Succeeded, _book.Read("B-0").State);
    }

    [Fact]
    public void A_question_whose_attempt_has_ended_meanwhile_returns_its_credit()
    {
        for (var round = 0; round < 4; round++)
        {
            AcceptUnknown(2, $"R{round}");
            _book.Pass(1);
            var asked = _book.Queries.TakeLast(2).ToList();
            Assert.Equal(2 * (round + 1), _book.Queries.Count);
            foreach (var query in asked)
            {
                _book.Do(book => book.AttemptReported(
                    new AttemptReport(query.Payment, query.AttemptNo, query.Channel, ReportSource.Submit, Success), _book.Now));
            }

            // Half of the answers come after all, half are lost.
            _book.AnswerQuery(Success, asked[0]);
            _book.Pass(10);
        }
    }

    [Theory]
    [InlineData(OutcomeClass.Unknown, Landing.Maybe)]
    [InlineData(OutcomeClass.ChannelThrottled, Landing.Maybe)]
    [InlineData(OutcomeClass.ChannelThrottled, Landing.NotSent)]
    [InlineData(OutcomeClass.ChannelMaintenance, Landing.NotSent)]
    public void A_refused_or_failed_question_changes_nothing(OutcomeClass @class, Landing landing)
    {
        _book.Accept();
        _book.Tell(Processing);
        _book.Pass(1);
        var rows = _book.Journal.Count;
        _book.AnswerQuery(new Outcome(@class, landing, "x"));
        Assert.Equal(rows, _book.Journal.Count);
        Assert.Equal("05", _book.Read().OpenAttempt!.Outcome.Code);
    }

    [Fact]
    public void An_answer_without_news_is_not_stored()
    {
        _book.Accept();
        _book.Tell(Processing);
        var rows = _book.Journal.Count;
        Pauses(4, Processing);
        Assert.Equal(rows, _book.Journal.Count);
    }

    [Fact]
    public void Not_found_is_believed_after_the_channels_delay_by_answers_that_agree()
    {
        _book.Accept();
        _book.Tell(Unknown);
        AnswerNotFoundUntil(elapsed => _book.Read().Attempts.Length > 1 || elapsed > 200, out var seconds);

        // send_before is 5 s after the start; the channel's delay is 60 s, the clocks of two nodes may differ by 4 s.
        Assert.InRange(seconds, 69, 75);
        Assert.Equal((Alpha, Landing.NotLanded), (_book.Read().Attempts[0].Channel, _book.Read().Attempts[0].Outcome.Landing));
        Assert.Equal(Bravo, _book.Submits[^1].Channel);
    }

    [Fact]
    public void A_leap_of_the_clock_alone_proves_no_absence()
    {
        _book.Accept();
        _book.Tell(Unknown);
        _book.Leap(3600);
        AnswerNotFoundUntil(elapsed => _book.Read().Attempts.Length > 1 || elapsed > 200, out var seconds);
        Assert.True(seconds >= 69, $"believed after {seconds} s, and the channel may need 60 s after send_before");
    }

    /// <summary>As the clock of an earlier owner has left it: the book's own time may not go back.</summary>
    [Fact]
    public void What_is_not_found_ends_in_time_though_the_stored_time_is_a_day_ahead()
    {
        _book.Leap(86_400);
        _book.Accept();
        _book.Tell(Unknown);
        _book.Leap(-86_400);
        _book.Crash();
        AnswerNotFoundUntil(elapsed => _book.Read().Attempts.Length > 1 || elapsed > 200, out var seconds);
        Assert.InRange(seconds, 69, 80);
    }

    [Fact]
    public void The_next_owners_clock_alone_proves_no_absence()
    {
        _book.Accept();
        _book.Crash();
        _book.Leap(3600);
        AnswerNotFoundUntil(elapsed => _book.Read().Attempts.Length > 1 || elapsed > 200, out var seconds);
        Assert.True(seconds >= 69, $"believed {seconds} s after the restart, and the channel may need 60 s after send_before");
    }

    [Fact]
    public void A_question_from_before_the_order_could_land_does_not_count_however_late_its_answer()
    {
        var hasty = BookHarness.Policy with { NotFoundAgreeing = 1, NotFoundIsFinalAfter = TimeSpan.Zero };
        var book = new BookHarness(BookHarness.Usual with { QueryPolicyOf = _ => hasty });
        book.Accept();
        book.Tell(Unknown);

        // Until send_before + call timeout + margin, 24 s after the start, the order may still land.
        while (book.Queries.Count == 0 || book.Now.Utc < Start + BookHarness.Seconds(15))
        {
            book.Pass(0.25);
        }

        var asked = book.Queries[^1];
        book.Leap(11);
        book.AnswerQuery(NotFound, asked);
        Assert.Single(book.Read().Attempts);
    }

    [Fact]
    public void One_answer_that_knows_the_order_begins_the_count_again()
    {
        _book.Accept();
        _book.Tell(Unknown);
        AnswerNotFoundUntil(elapsed => elapsed > 64, out _);
        _book.AnswerQuery(new Outcome(OutcomeClass.WaitCustomer, Landing.Maybe, "w"));
        AnswerNotFoundUntil(elapsed => elapsed > 10, out _);
        Assert.Single(_book.Read().Attempts);
    }

    [Fact]
    public void A_payout_that_is_not_found_is_suspended_tells_its_callers_and_is_still_asked_about()
    {
        var waiting = _book.Accept(product: Product.Payout, wantsEnd: true);
        _book.Tell(Unknown);
        AnswerNotFoundUntil(elapsed => elapsed > 80, out _);
        Assert.Equal(PaymentState.Suspended, _book.Read().State);
        Assert.Equal(2, _book.Answers(waiting).Count);
        Assert.Single(_book.Submits);
        var asked = _book.Queries.Count;
        _book.Pass(12);
        Assert.True(_book.Queries.Count > asked);
        _book.AnswerQuery(Success);
        Assert.Equal(PaymentState.Succeeded, _book.Read().State);
    }

    [Fact]
    public void Not_found_without_another_channel_fails_the_payment()
    {
        _book.Accept();
        _book.Tell(Unknown);
        _book.Router = _ => new RouteDecision.NoneEver(RouteReasons.None);
        AnswerNotFoundUntil(elapsed => elapsed > 80, out _);
        Assert.Equal((PaymentState.Failed, OutcomeClass.NotFound), (_book.Read().State, _book.Read().Failure!.Class));
    }

    private void AcceptUnknown(int count, string prefix = "B")
    {
        for (var number = 0; number < count; number++)
        {
            _book.Accept($"{prefix}-{number}");
            _book.Tell(Unknown, orderNo: $"{prefix}-{number}");
        }
    }

    private int[] Pauses(int count, Outcome answer)
    {
        var pauses = new List<int>();
        var since = _book.Now.Monotonic;
        while (pauses.Count < count)
        {
            _book.Pass(0.25);
            if (_book.Queries.Count > pauses.Count)
            {
                pauses.Add((int)Math.Round((_book.Now.Monotonic - since).TotalSeconds));
                since = _book.Now.Monotonic;
                _book.AnswerQuery(answer);
            }
        }

        return [.. pauses];
    }

    private void AnswerNotFoundUntil(Func<double, bool> done, out double seconds)
    {
        var from = _book.Now.Monotonic;
        var answered = _book.Queries.Count;
        seconds = 0;
        while (!done(seconds))
        {
            _book.Pass(0.25);
            seconds = (_book.Now.Monotonic - from).TotalSeconds;
            if (_book.Queries.Count > answered)
            {
                answered = _book.Queries.Count;
                _book.AnswerQuery(NotFound);
            }
        }
    }
}
