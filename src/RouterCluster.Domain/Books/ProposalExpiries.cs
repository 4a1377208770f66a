using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

internal sealed class ProposalExpiries
{
    private readonly PriorityQueue<PaymentId, DateTimeOffset> _due = new();

    public void Add(PaymentId id, DateTimeOffset expiresAt) => _due.Enqueue(id, expiresAt);

    public void AddPending(Payment payment)
    {
        foreach (var proposal in payment.Proposals)
        {
            if (proposal.IsPending)
            {
                Add(payment.Id, proposal.ExpiresAt);
            }
        }
    }

    public bool TryTakeDue(DateTimeOffset now, out PaymentId id) =>
        _due.TryPeek(out id, out var expiresAt) && expiresAt <= now && _due.TryDequeue(out id, out _);
}
