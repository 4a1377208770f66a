using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Tests.Nodes;

internal sealed class FakeHistory : IPaymentHistory
{
    public List<Payment> Payments { get; } = [];

    /// <summary>Awaited before a page is given.</summary>
    public Func<Task>? OnPage { get; set; }

    public async Task<IReadOnlyList<Payment>> ListAcceptedAsync(
        DateTimeOffset from, DateTimeOffset to, Payment? after, int limit, CancellationToken cancellation)
    {
        await (OnPage?.Invoke() ?? Task.CompletedTask);
        var later = Payments.Where(payment => payment.CreatedAt >= from && payment.CreatedAt < to)
            .SkipWhile(payment => after is not null && payment != after)
            .Skip(after is null ? 0 : 1);
        return [.. later.Take(limit)];
    }

    public Task<IReadOnlyList<PaymentId>> OfChannelNumberAsync(
        string channelNumber, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<PaymentId>>([.. Payments
            .Where(payment => payment.Attempts.Any(attempt => attempt.Outcome.ChannelOrderNo == channelNumber))
            .Select(payment => payment.Id)]);

    public Task<bool> ForEachOpenAsync(int most, Action<Payment> look, CancellationToken cancellation)
    {
        var open = Payments.Where(payment => payment.OpenAttempt is not null).ToArray();
        open.Take(most).ToList().ForEach(look);
        return Task.FromResult(open.Length <= most);
    }

    public Task<PaymentPage> ReadPageAsync(
        PaymentFilter filter, string? cursor, int limit, CancellationToken cancellation) =>
        Task.FromResult(new PaymentPage([.. Payments.Where(filter.Fits).Take(limit)], Next: null));
}
