using System.Collections.Immutable;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Channels;

/// <summary>
/// Numbers submits for the routers, and remembers those without an answer until a query or a notice tells their end. A
/// forgotten submit is never corrected, and costs the routers a little knowledge.
/// </summary>
/// <param name="first">Above every number of an earlier owner.</param>
/// <param name="limit">The oldest makes room.</param>
public sealed class SubmitNumbers(long first, int limit)
{
    private readonly Dictionary<string, SubmitSignal> _running = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private long _next = first;

    /// <remarks>Law 7.2.</remarks>
    public ImmutableArray<SubmitSignal> Number(ImmutableArray<LaneSignal> signals)
    {
        if (signals.IsEmpty)
        {
            return [];
        }

        var numbered = ImmutableArray.CreateBuilder<SubmitSignal>(signals.Length);
        foreach (var (orderNo, signal) in signals)
        {
            if (Number(orderNo, signal) is { } known)
            {
                numbered.Add(known);
            }
        }

        return numbered.DrainToImmutable();
    }

    private SubmitSignal? Number(string orderNo, SubmitSignal signal)
    {
        if (signal.Kind == SignalKind.Dispatched)
        {
            var dispatched = signal with { Number = _next++ };
            Remember(orderNo, dispatched);
            return dispatched;
        }

        if (!_running.TryGetValue(orderNo, out var submit))
        {
            return null;
        }

        if (IsSettled(signal))
        {
            _running.Remove(orderNo);
        }

        // Neither a query nor a notice knows bank and source.
        return signal with { Number = submit.Number, Bank = submit.Bank, Source = submit.Source };
    }

    private static bool IsSettled(SubmitSignal signal) => signal.Kind == SignalKind.Corrected || !signal.Class.IsOpen();

    private void Remember(string orderNo, SubmitSignal submit)
    {
        _running[orderNo] = submit;
        _order.Enqueue(orderNo);
        while (_order.Count > limit)
        {
            _running.Remove(_order.Dequeue());
        }
    }
}
