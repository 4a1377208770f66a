using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Tests.Nodes;

internal sealed class FakeJournal : IPaymentJournal
{
    public PaymentCommits Commits { get; set; } = new([], IsComplete: false);

    public Task<PaymentCommits> ReadAsync(Payment payment, CancellationToken cancellation) => Task.FromResult(Commits);
}
