using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Routing;

/// <summary>A channel's success as a whole, and for each product and bank, which leans on the whole.</summary>
internal sealed class SuccessMemory(MemoryLimits limits)
{
    private readonly Evidence _whole = new(limits);
    private readonly Dictionary<(Product Product, string? Bank), Evidence> _segments = [];

    public void Add(SubmitSignal signal, TimeSpan now)
    {
        // A timeout is a failure here, though nobody may call the payment failed: traffic must leave a channel that hangs.
        if (signal.Verdict is not (CallVerdict.Success or CallVerdict.Fault))
        {
            return;
        }

        var succeeded = signal.Verdict is CallVerdict.Success;
        _whole.Add(succeeded, now);
        SegmentOf(signal)?.Add(succeeded, now);
    }

    public double Estimate(Product product, string? bank, TimeSpan now)
    {
        var whole = _whole.Estimate(limits.Prior, limits.PriorOutcomes, now);
        return _segments.TryGetValue((product, bank), out var segment)
            ? segment.Estimate(whole, limits.SegmentPriorOutcomes, now)
            : whole;
    }

    /// <summary>The breaker's probes have shown that the channel works again: the time before says little.</summary>
    public void BreakerClosed()
    {
        _whole.ShrinkTo(limits.OutcomesKeptByClosing);
        foreach (var segment in _segments.Values)
        {
            segment.ShrinkTo(limits.OutcomesKeptByClosing);
        }
    }

    private Evidence? SegmentOf(SubmitSignal signal)
    {
        var key = (signal.Product, signal.Bank);
        if (!_segments.TryGetValue(key, out var segment) && _segments.Count < limits.Segments)
        {
            segment = new Evidence(limits);
            _segments.Add(key, segment);
        }

        return segment;
    }
}
