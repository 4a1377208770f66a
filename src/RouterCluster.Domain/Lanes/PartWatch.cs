using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Lanes;

/// <summary>
/// Tells a channel that refuses every order from a channel that refuses one bank, product or amount. Then only that part is
/// closed, for a time that doubles with each refusal.
/// </summary>
internal sealed class PartWatch(TimeSpan firstClosing)
{
    // More banks than a channel has; further parts are judged with the channel as a whole.
    private const int MostParts = 256;
    private const int MostReported = 64;
    private const int RefusalsThatClose = 3;
    private static readonly TimeSpan LongestClosing = TimeSpan.FromMinutes(1);

    /// <summary>So long a good answer proves that the rest of the channel works.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(Product, string?), Part> _parts = [];

    /// <summary>False in the usual case, which then costs nothing.</summary>
    private bool _hasRefusals;

    public void Took(CallPart call, TimeSpan startedAt)
    {
        if (Find(call) is not { } part)
        {
            return;
        }

        part.TookAt = startedAt > part.TookAt ? startedAt : part.TookAt;
        if (part.Refusals > 0 && startedAt >= part.RefusedFrom)
        {
            part.Took(call.Amount);
        }
    }

    /// <summary>True: the refusal does not count against the channel as a whole.</summary>
    public bool Refused(CallPart call, TimeSpan startedAt, TimeSpan now)
    {
        if (Find(call) is not { } part)
        {
            return false;
        }

        _hasRefusals = true;
        part.Refuse(call.Amount, startedAt);
        var isOwn = part.TookSmaller || WorksElsewhere(part, part.RefusedFrom);
        if (isOwn && part.Refusals >= RefusalsThatClose && startedAt >= part.ClosedUntil)
        {
            part.Close(firstClosing, LongestClosing, now);
        }

        return isOwn;
    }

    /// <summary>The channel has announced that it is closed for a while. False: it seems to mean all orders.</summary>
    public bool CloseOnly(CallPart call, TimeSpan length, TimeSpan now)
    {
        if (Find(call) is not { } part)
        {
            return false;
        }

        var firstRefusal = _parts.Values.Where(other => other != part && other.Refusals > 0)
            .Select(other => (TimeSpan?)other.RefusedFrom).Min();
        if (!WorksElsewhere(part, firstRefusal ?? now - Recent))
        {
            return false;
        }

        part.CloseAll(now + length);
        return true;
    }

    public ImmutableArray<ClosedPart> Closed(TimeSpan now)
    {
        if (!_hasRefusals)
        {
            return [];
        }

        var closed = ImmutableArray.CreateBuilder<ClosedPart>();
        foreach (var (key, part) in _parts)
        {
            if (part.ClosedUntil > now && closed.Count < MostReported)
            {
                closed.Add(new ClosedPart(key.Item1, key.Item2, part.ClosedFrom, part.ClosedUntil - now));
            }
        }

        return closed.DrainToImmutable();
    }

    public void Clear()
    {
        _parts.Clear();
        _hasRefusals = false;
    }

    private bool WorksElsewhere(Part part, TimeSpan since)
    {
        foreach (var other in _parts.Values)
        {
            if (other != part && other.TookAt >= since)
            {
                return true;
            }
        }

        return false;
    }

    private Part? Find(CallPart call)
    {
        if (!_parts.TryGetValue((call.Product, call.Bank), out var part) && _parts.Count < MostParts)
        {
            part = new Part();
            _parts.Add((call.Product, call.Bank), part);
        }

        return part;
    }

    private sealed class Part
    {
        private const long Nothing = -1;
        private long _lowestRefused;
        private long _highestTaken = Nothing;
        private int _closings;

        public TimeSpan TookAt { get; set; } = TimeSpan.MinValue;

        /// <summary>Refusals in a row, not counting smaller amounts that were taken between them.</summary>
        public int Refusals { get; private set; }

        public TimeSpan RefusedFrom { get; private set; }

        public bool TookSmaller => _highestTaken != Nothing;

        public TimeSpan ClosedUntil { get; private set; } = TimeSpan.MinValue;

        public long ClosedFrom { get; private set; }

        public void Refuse(long amount, TimeSpan startedAt)
        {
            if (Refusals++ == 0)
            {
                (RefusedFrom, _lowestRefused, _highestTaken) = (startedAt, amount, Nothing);
            }

            _highestTaken = amount > _highestTaken ? _highestTaken : Nothing;
            _lowestRefused = Math.Min(_lowestRefused, amount);
        }

        public void Took(long amount)
        {
            if (amount < _lowestRefused)
            {
                _highestTaken = Math.Max(_highestTaken, amount);
                return;
            }

            (Refusals, _closings, _highestTaken) = (0, 0, Nothing);
            ClosedUntil = TimeSpan.MinValue;
        }

        public void Close(TimeSpan first, TimeSpan longest, TimeSpan now)
        {
            ClosedUntil = now + Doubling.Of(first, _closings++, longest);
            ClosedFrom = TookSmaller ? _lowestRefused : 0;
        }

        public void CloseAll(TimeSpan until) => (ClosedUntil, ClosedFrom) = (until, 0);
    }
}
