using RouterCluster.Domain.Books;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>An order that waits in its lane has not been sent.</summary>
public sealed class QueueTests
{
    private readonly BookHarness _book = new();

    [Fact]
    public void A_payment_is_in_the_queue_from_its_commit_until_its_lane_is_trusted_to_have_sent_it()
    {
        var request = _book.Accept();
        Assert.True(Assert.IsType<BookAnswer.Stored>(_book.Answer(request)).Payment.IsInQueue);
        Assert.False(_book.Read().IsInQueue);
    }

    [Fact]
    public void What_its_lane_says_of_the_open_attempt_is_believed_until_it_is_sent()
    {
        _book.Accept();
        Say(1, true);
        Assert.True(_book.Read().IsInQueue);
        Assert.True(Assert.IsType<BookAnswer.Stored>(_book.Answer(_book.Accept())).Payment.IsInQueue);
        Say(2, false);
        Assert.True(_book.Read().IsInQueue);
        Say(1, false);
        Assert.False(_book.Read().IsInQueue);
    }

    [Fact]
    public void Whatever_else_is_told_of_it_ends_it()
    {
        _book.Accept();
        Say(1, true);
        _book.Tell(Unknown);
        Assert.False(_book.Read().IsInQueue);
        Say(1, true);
        Assert.False(_book.Read().IsInQueue);
    }

    [Fact]
    public void The_next_attempt_is_not_in_the_queue_of_the_last_one()
    {
        _book.Accept();
        Say(1, true);
        _book.Tell(LaneFull);
        Assert.False(_book.Read().IsInQueue);
        Assert.Equal(2, _book.Submits.Count);
    }

    [Fact]
    public void A_lane_that_is_not_heard_of_any_more_is_not_believed_any_more()
    {
        _book.Accept();
        Say(1, true);
        _book.Pass(25);
        Assert.NotEmpty(_book.Queries);
        Assert.False(_book.Read().IsInQueue);
    }

    private void Say(int no, bool isInQueue) => _book.Do(book => book.InQueue(IdOf(), no, isInQueue));
}
