using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using static RouterCluster.Domain.Tests.Cases.DecisionFixtures;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>What was suspended as a duplicate is sent when two people say that it is none.</summary>
public sealed class ReleaseTests
{
    private readonly BookHarness _book = new();
    private long _request = 1_000_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_released_payment_is_sent_once_long_after_it_would_have_expired(bool crash)
    {
        _book.Accept(duplicateOf: "A-0");
        Assert.Empty(_book.Submits);
        _book.Pass(Patience.TotalSeconds * 3, step: 10);
        Release();
        if (crash)
        {
            _book.Crash();
        }

        _book.Pass(1);
        Assert.Equal(Alpha, Assert.Single(_book.Submits).Channel);
        _book.Tell(Success);
        Assert.Equal((PaymentState.Succeeded, false), (_book.Read().State, _book.Read().NeedsDecision));
        _book.Pass(60, step: 1);
        Assert.Single(_book.Submits);
        Assert.Equal(0, _book.Counted[Alpha]);
    }

    [Fact]
    public void A_released_payment_goes_on_to_another_channel_as_any_other()
    {
        _book.Accept(duplicateOf: "A-0");
        Release();
        _book.Pass(1);
        _book.Tell(Maintenance);
        Assert.Equal([Alpha, Bravo], _book.Submits.Select(order => order.Channel));
    }

    [Fact]
    public void One_person_releases_nothing()
    {
        _book.Accept(duplicateOf: "A-0");
        Ask(Propose(ProposedOutcome.Release));
        var alone = Ask(Approve(_book.Read(), by: Oscar));
        Assert.Equal(PaymentRefusal.SamePerson, Assert.IsType<BookAnswer.Refused>(_book.Answer(alone)).Why);
        _book.Pass(10);
        Assert.Empty(_book.Submits);
    }

    [Fact]
    public void Only_what_was_never_sent_is_released()
    {
        Assert.Equal(PaymentRefusal.NothingToRelease, Unfound().Decide(Propose(ProposedOutcome.Release)).Refusal);
        var late = After(Payments.PaymentFixtures.Accept(), Told(NoFunds), Told(Success, after: 60));
        Assert.Equal(PaymentRefusal.NothingToRelease, late.Decide(Propose(ProposedOutcome.Release)).Refusal);
    }

    [Fact]
    public void S2_what_people_decided_otherwise_is_not_released_any_more()
    {
        _book.Accept(duplicateOf: "A-0");
        Decide(ProposedOutcome.Failed);
        var late = Ask(Propose(ProposedOutcome.Release));
        Assert.Equal(PaymentRefusal.NothingToDecide, Assert.IsType<BookAnswer.Refused>(_book.Answer(late)).Why);
    }

    private void Release() => Decide(ProposedOutcome.Release);

    private void Decide(ProposedOutcome outcome)
    {
        Assert.IsType<BookAnswer.Stored>(_book.Answer(Ask(Propose(outcome))));
        Assert.IsType<BookAnswer.Stored>(_book.Answer(Ask(Approve(_book.Read()))));
    }

    private long Ask(DecisionCommand command)
    {
        var request = new DecisionRequest(new Caller(this, ++_request), IdOf(), command);
        _book.Do(book => book.Decide(request, _book.Now));
        return _request;
    }
}
