using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using static RouterCluster.Domain.Tests.Cases.DecisionFixtures;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>What a book knows of the changes that merchants are to be told of.</summary>
public sealed class UntoldChangesTests
{
    private readonly BookHarness _book = new();
    private long _request = 1_000_000;

    [Fact]
    public void S13_every_change_is_kept_until_the_read_model_has_it()
    {
        FailedRuledSucceededRuledFailed();
        Assert.Equal(
            [(PaymentState.Failed, 1), (PaymentState.Succeeded, 2), (PaymentState.Failed, 3)], Untold());

        var second = _book.Book.Untold()[1].Row;
        _book.Book.Projected(second);
        Assert.Equal([(PaymentState.Failed, 3)], Untold());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void S13_no_change_is_lost_in_a_crash(bool fromSnapshot)
    {
        FailedRuledSucceededRuledFailed();
        var known = Untold();
        if (fromSnapshot)
        {
            _book.Crash(_book.Book.TakeSnapshot(), _book.Rows);
        }
        else
        {
            _book.Crash();
        }

        Assert.Equal(known, Untold());
    }

    [Fact]
    public void A_change_is_told_as_its_row_leaves_the_payment_and_what_follows_in_it_is_no_change()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        _book.Tell(Success);

        var (told, row) = Assert.Single(_book.Book.Untold());
        Assert.Equal((PaymentState.Failed, 0), (told.State, told.Cases.Length));
        Assert.Equal([(told, row)], _book.Book.UntoldOf(row));
        Assert.Empty(_book.Book.UntoldOf(row + 1));
    }

    [Fact]
    public void What_is_not_stored_is_not_told()
    {
        _book.Accept();
        _book.CommitsAtOnce = false;
        _book.Tell(NoFunds);
        Assert.Empty(_book.Book.Untold());
        Assert.Empty(_book.Book.TakeSnapshot()?.Untold ?? []);
        _book.Commit();
        Assert.Single(_book.Book.Untold());
    }

    [Fact]
    public void Of_a_snapshot_from_before_changes_were_kept_all_in_memory_may_be_told()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        _book.Crash(_book.Book.TakeSnapshot()! with { Untold = null }, _book.Rows);
        Assert.Equal([(PaymentState.Failed, 1)], Untold());
    }

    private void FailedRuledSucceededRuledFailed()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        _book.Tell(Success);
        Decide(ProposedOutcome.Succeeded);
        _book.Tell(NoFunds);
        Decide(ProposedOutcome.Failed);
    }

    private (PaymentState State, int Change)[] Untold() =>
        [.. _book.Book.Untold().Select(change => (change.Payment.State, change.Payment.LastChange))];

    private void Decide(ProposedOutcome outcome)
    {
        Ask(Propose(outcome, evidence: $"letter {_request}"));
        var proposed = _book.Read();
        Ask(Approve(proposed, proposed.Proposals.Length));
    }

    private void Ask(DecisionCommand command)
    {
        var request = new DecisionRequest(new Caller(this, _request++), IdOf(), command);
        _book.Do(book => book.Decide(request, _book.Now));
    }
}
