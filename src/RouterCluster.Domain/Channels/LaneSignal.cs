using System.Collections.Immutable;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Channels;

public readonly record struct LaneSignal(string OrderNo, SubmitSignal Signal)
{
    /// <summary>On the lane's monotonic clock.</summary>
    public TimeSpan At { get; init; }

    /// <summary>Has no bank: only the channel knows the submit's.</summary>
    public static LaneSignal Truth(string orderNo, Product product, Outcome outcome) =>
        new(orderNo, new SubmitSignal(product, null, outcome.Verdict(), outcome.Class) { Kind = SignalKind.Corrected });
}

public sealed class UnreportedSignals
{
    private readonly List<LaneSignal> _signals = [];

    public void Add(LaneSignal signal, TimeSpan now) => _signals.Add(signal with { At = now });

    public ImmutableArray<LaneSignal> Take(TimeSpan now)
    {
        if (_signals.Count == 0)
        {
            return [];
        }

        var taken = ImmutableArray.CreateBuilder<LaneSignal>(_signals.Count);
        foreach (var signal in _signals)
        {
            taken.Add(signal with { Signal = signal.Signal with { Age = now - signal.At } });
        }

        _signals.Clear();
        return taken.MoveToImmutable();
    }
}
