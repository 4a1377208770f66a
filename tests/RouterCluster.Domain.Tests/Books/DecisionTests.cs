using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Cases.DecisionFixtures;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>People's decisions in the book that owns the payment.</summary>
public sealed class DecisionTests
{
    private readonly BookHarness _book = new();
    private long _request = 1_000_000;

    [Fact]
    public void A_decision_is_answered_after_its_commit()
    {
        Suspend();
        _book.CommitsAtOnce = false;
        var asked = Ask(Propose(ProposedOutcome.Failed));
        Assert.Empty(_book.Answers(asked));
        _book.Commit();
        Assert.Single(Assert.IsType<BookAnswer.Stored>(_book.Answer(asked)).Payment.Proposals);
    }

    [Fact]
    public void The_book_stamps_when_a_proposal_was_made()
    {
        Suspend();
        Ask(Propose(ProposedOutcome.Failed, after: -1e6));
        Assert.Equal(_book.Now.Utc, _book.Read().Proposals[0].At);
    }

    [Fact]
    public void S10_proposals_survive_a_crash_and_can_then_be_approved_by_their_digest()
    {
        Suspend();
        Ask(Propose(ProposedOutcome.Failed));
        _book.Crash();
        var read = _book.Read();
        Assert.IsType<BookAnswer.Stored>(_book.Answer(Ask(Approve(read))));
        Assert.Equal(PaymentState.Failed, _book.Read().State);
        _book.Crash();
        Assert.Equal(PaymentState.Failed, _book.Read().State);
    }

    [Fact]
    public void What_the_payment_does_not_permit_is_refused_with_its_reason()
    {
        Assert.IsType<BookAnswer.NoSuchPayment>(_book.Answer(Ask(Propose(ProposedOutcome.Failed))));
        _book.Accept();
        var refused = Assert.IsType<BookAnswer.Refused>(_book.Answer(Ask(Propose(ProposedOutcome.Failed))));
        Assert.Equal(PaymentRefusal.NothingToDecide, refused.Why);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Proposals_expire_by_the_books_clock_over_a_crash_too(bool crash)
    {
        Suspend();
        Ask(Propose(ProposedOutcome.Failed));
        if (crash)
        {
            _book.Crash();
        }

        _book.Leap(Day.TotalSeconds - 1);
        _book.Pass(0.5);
        Assert.True(_book.Read().Proposals[0].IsPending);
        _book.Pass(1);
        Assert.Equal(ProposalState.Expired, _book.Read().Proposals[0].State);
    }

    [Fact]
    public void A_payment_that_people_sent_back_is_asked_about_from_the_start_of_the_schedule()
    {
        Suspend();
        Decide(ProposedOutcome.KeepAsking);
        var asked = _book.Queries.Count;
        _book.Pass(1.5);
        Assert.Equal(asked + 1, _book.Queries.Count);
        AnswerNotFound(30);
        Assert.Equal(PaymentState.Processing, _book.Read().State);
        AnswerNotFound(90);
        Assert.Equal(PaymentState.Suspended, _book.Read().State);
    }

    [Fact]
    public void What_was_not_found_before_people_sent_it_back_does_not_count_after_a_crash()
    {
        Suspend();
        Decide(ProposedOutcome.KeepAsking);
        _book.Crash();
        AnswerNotFound(50);
        Assert.Equal(PaymentState.Processing, _book.Read().State);
    }

    [Fact]
    public void A_payment_with_an_open_case_or_proposal_stays_in_memory_until_it_is_decided()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        _book.Tell(Success);
        ReadBack();
        Assert.Equal(1, _book.Book.Count);
        Decide(ProposedOutcome.Succeeded);
        ReadBack();
        Assert.Equal(0, _book.Book.Count);
        Assert.IsType<BookAnswer.Refused>(_book.Answer(Ask(Propose(ProposedOutcome.Failed))));
    }

    [Fact]
    public void A_decision_over_an_attempt_in_its_lane_gives_the_routers_count_back()
    {
        _book.Accept();
        _book.Tell(Maintenance);
        _book.Tell(Success);
        Assert.Equal(1, _book.Counted[Bravo]);
        _book.Pass(6);
        Decide(ProposedOutcome.Failed);
        Assert.Equal(0, _book.Counted[Bravo]);
        _book.Tell(NoFunds, 2, channel: Bravo);
        Assert.Equal(0, _book.Counted[Bravo]);
    }

    /// <summary>A payout that its channel does not find.</summary>
    private void Suspend()
    {
        _book.Accept(product: Product.Payout);
        _book.Tell(Unknown);
        AnswerNotFound(200);
        Assert.Equal(PaymentState.Suspended, _book.Read().State);
    }

    private void AnswerNotFound(double seconds)
    {
        var answered = _book.Queries.Count;
        for (var passed = 0.0; passed < seconds; passed += 0.25)
        {
            _book.Pass(0.25);
            for (; answered < _book.Queries.Count; answered++)
            {
                _book.AnswerQuery(NotFound, _book.Queries[answered]);
            }
        }
    }

    private void Decide(ProposedOutcome outcome)
    {
        Assert.IsType<BookAnswer.Stored>(_book.Answer(Ask(Propose(outcome))));
        var proposed = _book.Read();
        Assert.IsType<BookAnswer.Stored>(_book.Answer(Ask(Approve(proposed, proposed.Proposals.Length))));
    }

    private void ReadBack()
    {
        var kept = _book.Book.InMemory()!.Single();
        _book.Book.ReadBackFromReadModel([(kept.Payment.Id, kept.ChangedAt)], _book.Now.Monotonic);
        _book.Pass(61);
    }

    private long Ask(DecisionCommand command)
    {
        var request = new DecisionRequest(new Caller(this, ++_request), IdOf(), command);
        _book.Do(book => book.Decide(request, _book.Now));
        return _request;
    }
}
