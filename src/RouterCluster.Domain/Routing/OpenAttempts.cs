using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

/// <summary>For the figures that people see: an attempt that takes longer than usual counts as a fault until decided.</summary>
internal sealed class OpenAttempts(LastMinute figures)
{
    // Far more than a channel has under way; the oldest are no longer of the last minute.
    private const int Most = 20_000;

    private readonly Dictionary<long, Open> _open = [];
    private readonly Queue<long> _waiting = new();
    private readonly Queue<long> _overdue = new();

    public void Sent(long number, Product product, TimeSpan overdueAt, TimeSpan now)
    {
        if (_open.TryAdd(number, new Open(product, overdueAt, null)))
        {
            _waiting.Enqueue(number);
        }

        Advance(now);
    }

    public void Advance(TimeSpan now)
    {
        while (_waiting.TryPeek(out var number))
        {
            var isOpen = _open.TryGetValue(number, out var open);
            if (isOpen && open.OverdueAt > now && _waiting.Count <= Most)
            {
                return;
            }

            _waiting.Dequeue();
            if (isOpen)
            {
                figures.Fault(open.Product, now);
                _open[number] = open with { CountedAt = now };
                _overdue.Enqueue(number);
            }
        }

        while (_overdue.Count > Most)
        {
            _open.Remove(_overdue.Dequeue());
        }
    }

    /// <param name="succeeded">Null: the end is no evidence of the channel.</param>
    public void Decided(long number, Product product, bool? succeeded, TimeSpan now)
    {
        Advance(now);
        var counted = _open.Remove(number, out var open) ? open.CountedAt : null;
        if (counted is { } at && succeeded != false)
        {
            figures.TakeBackFault(open.Product, at, now);
        }

        if (succeeded == true)
        {
            figures.Success(product, now);
        }
        else if (succeeded == false && counted is null)
        {
            figures.Fault(product, now);
        }
    }

    private readonly record struct Open(Product Product, TimeSpan OverdueAt, TimeSpan? CountedAt);
}
