using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>A person wants to know now.</summary>
public sealed class AskByHandTests
{
    private readonly BookHarness _book = new();
    private long _person;

    [Fact]
    public void A_question_of_a_person_comes_at_once_and_leaves_the_schedule_as_it_is()
    {
        _book.Accept();
        _book.Tell(Unknown);
        _book.Pass(1);
        _book.AnswerQuery(Processing);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            _book.Pass(0.5);
            Assert.True(Ask().IsNew);
            _book.AnswerQuery(Processing);
        }

        Assert.Equal(4, _book.Queries.Count);
        _book.Pass(0.25);
        Assert.Equal(4, _book.Queries.Count);
        _book.Pass(0.25);
        Assert.Equal(5, _book.Queries.Count);
        _book.AnswerQuery(Processing);
        _book.Pass(4.75);
        Assert.Equal(5, _book.Queries.Count);
        _book.Pass(0.25);
        Assert.Equal(6, _book.Queries.Count);
    }

    [Fact]
    public void A_scheduled_moment_that_passes_meanwhile_is_made_up_for()
    {
        _book.Accept();
        _book.Tell(Unknown);
        _book.Pass(0.75);
        Ask();
        _book.Pass(1);
        Assert.Single(_book.Queries);

        _book.AnswerQuery(Processing);
        _book.Pass(0.25);

        Assert.Equal(2, _book.Queries.Count);
    }

    [Fact]
    public void While_a_question_is_out_no_second_one_comes()
    {
        _book.Accept();
        _book.Tell(Unknown);
        Assert.True(Ask().IsNew);
        Assert.False(Ask().IsNew);
        Assert.Single(_book.Queries);
    }

    [Fact]
    public void Credit_is_kept_and_a_person_comes_before_what_is_due()
    {
        foreach (var orderNo in new[] { "A-1", "A-2", "A-3", "A-4" })
        {
            _book.Accept(orderNo);
            _book.Tell(Unknown, orderNo: orderNo);
        }

        _book.Pass(1);
        Assert.Equal(2, _book.Queries.Count);
        var waits = new[] { "A-1", "A-2", "A-3", "A-4" }
            .Last(orderNo => _book.Queries.All(query => query.Payment != IdOf(orderNo)));

        Assert.True(Ask(waits).IsNew);
        Assert.Equal(2, _book.Queries.Count);
        _book.AnswerQuery(Processing);
        _book.Pass(0.25);

        Assert.Equal(IdOf(waits), _book.Queries[2].Payment);
    }

    [Fact]
    public void No_number_of_questions_makes_not_found_believed_earlier()
    {
        _book.Accept();
        _book.Tell(Unknown);
        var seconds = 0.0;
        while (_book.Read().Attempts.Length == 1 && seconds < 200)
        {
            _book.Pass(0.25);
            seconds += 0.25;
            if (_book.Read().OpenAttempt?.No == 1)
            {
                Ask();
                _book.AnswerQuery(NotFound);
            }
        }

        // As by the schedule alone: send_before is 5 s after the start, the channel's delay 60 s, the clocks' difference 4 s.
        Assert.InRange(seconds, 69, 75);
    }

    [Fact]
    public void An_answer_that_says_succeeded_ends_the_payment()
    {
        _book.Accept();
        _book.Tell(Unknown);
        Ask();
        _book.AnswerQuery(Success);
        Assert.Equal(PaymentState.Succeeded, _book.Read().State);
    }

    [Fact]
    public void Nothing_is_asked_while_the_order_may_still_be_on_its_way()
    {
        _book.Accept();
        Assert.Equal(PaymentRefusal.AttemptStillOpen, Refusal());
        Assert.Empty(_book.Queries);
    }

    [Fact]
    public void Nothing_is_asked_about_what_has_ended_or_never_was()
    {
        _book.Accept();
        _book.Tell(Success);
        Assert.Equal(PaymentRefusal.NothingToAsk, Refusal());
        Assert.IsType<BookAnswer.NoSuchPayment>(Answer("A-9"));
        Assert.Empty(_book.Queries);
    }

    [Fact]
    public void A_book_that_is_quiet_asks_nothing_more()
    {
        _book.Accept();
        _book.Tell(Unknown);
        _book.Do(book => book.FallQuiet(_book.Now));
        Assert.IsType<BookAnswer.OutOfReach>(Answer("A-1"));
        Assert.Empty(_book.Queries);
    }

    private BookAnswer.Stored Ask(string orderNo = "A-1") => Assert.IsType<BookAnswer.Stored>(Answer(orderNo));

    private PaymentRefusal Refusal() => Assert.IsType<BookAnswer.Refused>(Answer("A-1")).Why;

    private BookAnswer Answer(string orderNo)
    {
        _person--;
        _book.Do(book => book.AskByHand(new Caller(this, _person), IdOf(orderNo), _book.Now));
        return _book.Answer(_person);
    }
}
