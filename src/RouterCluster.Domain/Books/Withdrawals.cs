using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

/// <summary>
/// Orders that must not leave any more, since another attempt has succeeded or somebody cancels the payment. A lane may have no
/// owner at the moment it is told, so it is told again until it has answered or the order's time is over.
/// </summary>
internal sealed class Withdrawals(CommitQueue commits, BookMemory memory)
{
    private readonly List<(PaymentId Payment, int AttemptNo)> _unanswered = [];

    /// <remarks>Law 1.9.</remarks>
    public void Add(PaymentId payment, Attempt open)
    {
        Tell(open);
        if (!_unanswered.Contains((payment, open.No)))
        {
            _unanswered.Add((payment, open.No));
        }
    }

    /// <summary>
    /// After a start, from the next repetition on: people look at a payment whose order is unanswered and still in time only
    /// where another attempt has succeeded.
    /// </summary>
    /// <remarks>Law 1.9.</remarks>
    public void Resume(Payment payment, Attempt open)
    {
        if (payment.State == PaymentState.Suspended)
        {
            _unanswered.Add((payment.Id, open.No));
        }
    }

    public void Repeat(BookTime now)
    {
        for (var place = _unanswered.Count - 1; place >= 0; place--)
        {
            var (id, attemptNo) = _unanswered[place];
            if (memory.Find(id)?.Payment.OpenAttempt is { } open && open.No == attemptNo && open.Outcome == Outcome.None
                && now.Utc < open.SendBefore)
            {
                Tell(open);
            }
            else
            {
                _unanswered.RemoveAt(place);
            }
        }
    }

    private void Tell(Attempt open) => commits.AtOnce(new BookEffect.Withdraw(open.Channel, open.OrderNo));
}
