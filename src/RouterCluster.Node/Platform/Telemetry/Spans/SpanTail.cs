using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Platform.Telemetry.Spans;

/// <summary>
/// Decides which spans are exported: those of a sample of the payments at once, those of others when one of them tells of a
/// failure, an unknown result or a slow payment. Until then they are kept, within a limit. Holds no clock; for one caller at
/// a time.
/// </summary>
internal sealed class SpanTail(SpanRules rules)
{
    /// <summary>Payments whose later spans are exported too.</summary>
    private const int MostKept = 10_000;
    private const int SampleBits = 53;

    private readonly WaitingSpans _waiting = new(rules.Waiting);
    private readonly HashSet<PaymentId> _kept = [];
    private readonly Queue<PaymentId> _oldestKept = new();
    private TimeSpan _secondFrom = TimeSpan.MinValue;
    private int _keptInSecond;

    /// <summary>Spans that wait for one that tells.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>The spans to be exported now, in the order in which they came; <paramref name="span"/> is the last.</summary>
    public IReadOnlyList<PaymentSpan> Take(in PaymentSpan span, TimeSpan now)
    {
        var payment = span.Payment;
        if (IsExportedAnyway(payment))
        {
            return [span];
        }

        if (span.IsTelling && MayKeep(now))
        {
            Keep(payment);
            return _waiting.TakeWith(span);
        }

        if (span.Name == SpanName.Payment)
        {
            // The payment ended well: whatever comes after it would be told by itself.
            _waiting.Drop(payment);
        }
        else
        {
            _waiting.Add(span);
        }

        return [];
    }

    /// <summary>A payment with waiting spans is neither sampled nor kept; to ask for them is cheaper than the hash.</summary>
    private bool IsExportedAnyway(PaymentId payment) =>
        (Waiting == 0 || !_waiting.Has(payment)) && (_kept.Contains(payment) || IsSampled(payment));

    /// <summary>The same on every node, so that a sampled payment's trace is whole.</summary>
    private bool IsSampled(PaymentId payment) =>
        SpanIds.DrawOf(payment) >> (64 - SampleBits) < rules.Sample * (1L << SampleBits);

    /// <summary>An outage makes every payment tell, so exported ones are limited.</summary>
    private bool MayKeep(TimeSpan now)
    {
        if (_secondFrom == TimeSpan.MinValue || now - _secondFrom >= TimeSpan.FromSeconds(1))
        {
            (_secondFrom, _keptInSecond) = (now, 0);
        }

        return _keptInSecond++ < rules.KeptPerSecond;
    }

    private void Keep(PaymentId payment)
    {
        _kept.Add(payment);
        _oldestKept.Enqueue(payment);
        if (_oldestKept.Count > MostKept)
        {
            _kept.Remove(_oldestKept.Dequeue());
        }
    }
}

/// <param name="Sample">Share of payments of which all spans are exported, 0–1.</param>
/// <param name="KeptPerSecond">Others that are exported because a span tells.</param>
/// <param name="Waiting">Spans that wait at most.</param>
internal sealed record SpanRules(double Sample, int KeptPerSecond, int Waiting);
