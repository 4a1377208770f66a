using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>Unknown for too long: only time in which the channel answered counts, and the truth may still come.</summary>
public sealed class SuspendTests
{
    private const double Day = 86_400;
    private const double Hour = 3_600;

    private readonly BookHarness _book = new(BookHarness.Usual with
    {
        QueryPolicyOf = _ => BookHarness.Policy with { Schedule = [BookHarness.Seconds(60), BookHarness.Seconds(Hour)] },
    });

    private int _answered;

    [Fact]
    public void L2_unknown_for_a_day_of_a_channel_that_answers_is_suspended_and_still_asked_about()
    {
        var waiting = _book.Accept(wantsEnd: true);
        _book.Tell(Unknown);
        AnswerFor(Day - Hour, Processing);
        Assert.Equal(PaymentState.Processing, _book.Read().State);
        AnswerFor(3 * Hour, Processing);
        AssertSuspended();
        Assert.Equal(2, _book.Answers(waiting).Count);

        var asked = _book.Queries.Count;
        AnswerFor(3 * Hour, Processing);
        Assert.InRange(_book.Queries.Count - asked, 2, 3);
        Assert.Single(_book.Read().Cases);
    }

    [Fact]
    public void Time_in_which_the_channel_answers_nothing_does_not_count()
    {
        _book.Accept();
        _book.Tell(Unknown);
        AnswerFor(3 * Day, Outcome.Unknown("timeout"));
        Assert.Equal(PaymentState.Processing, _book.Read().State);
        AnswerFor(Day - Hour, Processing);
        Assert.Equal(PaymentState.Processing, _book.Read().State);
        AnswerFor(3 * Hour, Processing);
        AssertSuspended();
    }

    [Fact]
    public void Questions_about_others_that_the_channel_answers_count_for_one_that_it_never_answers()
    {
        _book.Accept("A-1");
        _book.Tell(Unknown, orderNo: "A-1");
        _book.Accept("A-2");
        _book.Tell(Unknown, orderNo: "A-2");
        AnswerFor(Day + (3 * Hour), Processing, but: "A-1");
        AssertSuspended();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_definite_answer_ends_a_payment_that_was_suspended_for_its_age_alone(bool moved, bool byNotice)
    {
        _book.Accept();
        _book.Tell(Unknown);
        AnswerFor(Day + (3 * Hour), Processing);
        AssertSuspended();
        if (byNotice)
        {
            _book.Notice(moved ? Success : NoFunds);
        }
        else
        {
            AnswerFor(2 * Hour, moved ? Success : NoFunds);
        }

        Assert.Equal(moved ? PaymentState.Succeeded : PaymentState.Failed, _book.Read().State);
        Assert.Single(_book.Read().Cases);
        Assert.Single(_book.Submits);
    }

    [Fact]
    public void A_payout_that_is_suspended_for_its_age_still_needs_a_query_to_confirm_its_notice()
    {
        _book.Accept(product: Product.Payout);
        _book.Tell(Unknown);
        AnswerFor(Day + (3 * Hour), Processing);
        var asked = _book.Queries.Count;
        _book.Notice(Success);
        AssertSuspended();
        Assert.Equal(asked + 1, _book.Queries.Count);
        _book.AnswerQuery(Success);
        Assert.Equal(PaymentState.Succeeded, _book.Read().State);
    }

    [Fact]
    public void L2_restarts_every_twenty_hours_do_not_make_an_unknown_payment_young_again()
    {
        _book.Accept();
        _book.Tell(Unknown);
        AnswerFor(20 * Hour, Processing);
        _book.Crash();
        Assert.Equal(PaymentState.Processing, _book.Read().State);
        AnswerFor(8 * Hour, Processing);
        AssertSuspended();
    }

    [Fact]
    public void L2_a_snapshot_keeps_how_long_a_payment_has_been_unknown()
    {
        _book.Accept();
        _book.Tell(Unknown);
        AnswerFor(20 * Hour, Processing);
        var snapshot = _book.Book.TakeSnapshot();
        _book.Crash(snapshot, skip: _book.Rows);
        AnswerFor(8 * Hour, Processing);
        AssertSuspended();
    }

    [Fact]
    public void How_long_it_has_been_unknown_is_stored_seldom_and_changes_nothing_that_is_shown()
    {
        _book.Accept();
        _book.Tell(Unknown);
        var (rows, updatedAt) = (_book.Journal.Count, _book.Read().UpdatedAt);
        AnswerFor(20 * Hour, Processing);
        Assert.InRange(_book.Journal.Count - rows, 2, 30);
        Assert.True(_book.Read().UpdatedAt - updatedAt < BookHarness.Seconds(Hour));
    }

    [Fact]
    public void What_people_asked_to_wait_for_anew_is_young_again_after_a_restart_too()
    {
        _book.Accept();
        _book.Tell(Unknown);
        AnswerFor(Day + (3 * Hour), Processing);
        AssertSuspended();
        foreach (var command in new Func<DecisionCommand>[]
        {
            () => Cases.DecisionFixtures.Propose(ProposedOutcome.KeepAsking),
            () => Cases.DecisionFixtures.Approve(_book.Read()),
        })
        {
            var request = new RouterCluster.Domain.Books.DecisionRequest(
                new RouterCluster.Domain.Books.Caller(this, 1), IdOf(), command());
            _book.Do(book => book.Decide(request, _book.Now));
        }

        _book.Crash();
        AnswerFor(20 * Hour, Processing);
        Assert.Equal(PaymentState.Processing, _book.Read().State);
    }

    [Fact]
    public void After_a_restart_a_suspended_payment_is_asked_about_at_the_schedules_last_pause()
    {
        _book.Accept();
        _book.Tell(Unknown);
        AnswerFor(Day + (3 * Hour), Processing);
        _book.Crash();
        AssertSuspended();
        var asked = _book.Queries.Count;
        _book.Pass(Hour - 60, step: 30);
        Assert.Equal(asked, _book.Queries.Count);
        _book.Pass(120, step: 30);
        Assert.Equal(asked + 1, _book.Queries.Count);
    }

    [Fact]
    public void After_a_restart_a_suspended_payment_still_counts_as_unknown()
    {
        _book.Accept();
        _book.Tell(Unknown);
        AnswerFor(Day + (3 * Hour), Processing);
        var before = Assert.Single(_book.Book.Unknown(_book.Now.Utc));
        _book.Crash();
        Assert.Equal(before, Assert.Single(_book.Book.Unknown(_book.Now.Utc)));
    }

    private void AssertSuspended()
    {
        var payment = _book.Read();
        Assert.Equal((PaymentState.Suspended, CaseReason.UnknownTooLong), (payment.State, Assert.Single(payment.Cases).Reason));
        Assert.NotNull(payment.OpenAttempt);
    }

    private void AnswerFor(double seconds, Outcome answer, string? but = null)
    {
        var end = _book.Now.Monotonic + BookHarness.Seconds(seconds);
        while (_book.Now.Monotonic < end)
        {
            _book.Pass(10, step: 10);
            for (; _answered < _book.Queries.Count; _answered++)
            {
                var query = _book.Queries[_answered];
                var isLeftOut = but is not null && query.Payment == IdOf(but);
                _book.AnswerQuery(isLeftOut ? Outcome.Unknown("bad_signature") : answer, query);
            }
        }
    }
}
