using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using static RouterCluster.Domain.Tests.Cases.DecisionFixtures;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>An answer speaks of the moment at which its own question left.</summary>
public sealed class LateAnswerTests
{
    private static readonly QueryPolicy Hasty = BookHarness.Policy with { NotFoundAgreeing = 1 };

    private readonly BookHarness _book = new(BookHarness.Usual with { QueryPolicyOf = _ => Hasty });

    [Fact]
    public void S3_a_late_not_found_to_an_earlier_question_is_no_answer_to_the_one_that_is_out()
    {
        var (early, late) = TwoQuestions();
        _book.AnswerQuery(NotFound, early);
        Assert.Single(_book.Submits);
        Assert.Equal(AttemptState.Processing, Assert.Single(_book.Read().Attempts).State);

        _book.AnswerQuery(NotFound, late);
        Assert.Equal(2, _book.Submits.Count);
    }

    [Fact]
    public void A_late_answer_does_not_give_back_the_credit_of_the_question_that_is_out()
    {
        var (early, _) = TwoQuestions();
        _book.Accept("A-2");
        _book.Tell(Unknown, orderNo: "A-2");
        _book.Accept("A-3");
        _book.Tell(Unknown, orderNo: "A-3");
        _book.AnswerQuery(NotFound, early);
        var before = _book.Queries.Count;
        _book.Pass(2);
        Assert.Equal(before + 1, _book.Queries.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_late_answer_that_tells_the_end_is_believed(bool moved)
    {
        var (early, _) = TwoQuestions();
        _book.AnswerQuery(moved ? Success : NoFunds, early);
        Assert.Equal(moved ? PaymentState.Succeeded : PaymentState.Failed, _book.Read().State);
    }

    [Fact]
    public void A_question_that_our_own_lane_refused_is_no_failure_of_a_payment_that_has_left_memory()
    {
        _book.Accept();
        _book.Tell(Success);
        var ended = _book.Read();
        _book.Book.ReadBackFromReadModel([(IdOf(), 2)], _book.Now.Monotonic);
        _book.Pass(60);
        Assert.Equal(0, _book.Book.Count);

        var rows = _book.Journal.Count;
        _book.Tell(Outcome.NotSent(OutcomeClass.ChannelThrottled, "paused"), source: ReportSource.Query);
        _book.Do(book => book.LookedUp(IdOf(), ended));
        Assert.Equal((rows, 0), (_book.Journal.Count, _book.Book.Count));
    }

    [Fact]
    public void An_end_of_the_submit_that_is_told_again_hastens_no_question()
    {
        _book.Accept();
        _book.Tell(Unknown);
        _book.Pass(1);
        _book.AnswerQuery(Processing);
        _book.Pass(2);
        _book.AnswerQuery(Processing);
        Assert.Equal(2, _book.Queries.Count);
        _book.Tell(Unknown);
        _book.Pass(4);
        Assert.Equal(2, _book.Queries.Count);
        _book.Pass(1);
        Assert.Equal(3, _book.Queries.Count);
    }

    [Fact]
    public void S3_a_not_found_that_waits_for_a_choice_ends_nothing_that_people_have_sent_back_meanwhile()
    {
        var book = new BookHarness(BookHarness.Usual with
        {
            SuspendAfter = BookHarness.Seconds(69.5),
            QueryPolicyOf = _ => Hasty with { Schedule = [BookHarness.Seconds(1), BookHarness.Seconds(2)] },
        });
        book.Accept();
        book.Tell(Unknown);
        book.Router = _ => null;
        var answered = 0;
        while (book.Asked.Count == 1)
        {
            book.Pass(0.25);
            for (; answered < book.Queries.Count && book.Asked.Count == 1; answered++)
            {
                book.AnswerQuery(NotFound, book.Queries[answered]);
            }
        }

        // The choice takes long, and the payment grows old enough for people.
        var chosen = book.Asked[^1];
        for (var waited = 0; waited < 16 && book.Read().State != PaymentState.Suspended; waited++)
        {
            book.Pass(0.25);
        }

        Assert.Equal(PaymentState.Suspended, book.Read().State);
        Decide(book, ProposedOutcome.KeepAsking);
        book.Route(chosen.RouteId, new RouteDecision.Chosen(Bravo, RouteReasons.None));
        Assert.Equal(PaymentState.Processing, book.Read().State);
        Assert.Single(book.Submits);
        Assert.Equal(0, book.Counted[Bravo]);
    }

    /// <summary>The first is missed and counts for nothing; the second leaves when "not found" may be believed.</summary>
    private (Domain.Books.QueryOrder Early, Domain.Books.QueryOrder Late) TwoQuestions()
    {
        _book.Accept();
        _book.Tell(Unknown);
        var answered = 0;
        while (true)
        {
            _book.Pass(0.25);
            if (_book.Now.Utc - Start > BookHarness.Seconds(70) && _book.Queries.Count > answered)
            {
                return (_book.Queries[^2], _book.Queries[^1]);
            }

            // Answered with what is no word of the order, and the one before the last not at all.
            for (; answered < _book.Queries.Count && _book.Now.Utc - Start < BookHarness.Seconds(50); answered++)
            {
                _book.AnswerQuery(Outcome.Unknown("timeout"), _book.Queries[answered]);
            }

            answered = Math.Max(answered, _book.Queries.Count);
        }
    }

    private static void Decide(BookHarness book, ProposedOutcome outcome)
    {
        Ask(book, Propose(outcome));
        Ask(book, Approve(book.Read(), book.Read().Proposals.Length));
    }

    private static void Ask(BookHarness book, DecisionCommand command)
    {
        var request = new Domain.Books.DecisionRequest(new Domain.Books.Caller(book, 1_000_000), IdOf(), command);
        book.Do(target => target.Decide(request, book.Now));
    }
}
