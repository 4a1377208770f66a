using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Alerts;

public readonly record struct TakenPayments(Product Product, int Count);

/// <summary>Payments of one product in the last 15 whole minutes, beside earlier weeks at the same time.</summary>
/// <param name="Taken">Null: not all of these minutes were watched, as after a fail-over.</param>
/// <param name="UsualLeast">Of the two quarters of an hour that the minutes lie in, the usual number of the quieter one.</param>
/// <param name="UsualMost">Of the busier one.</param>
/// <param name="Weeks">Earlier weeks that are known of both.</param>
public readonly record struct VolumeFigures(Product Product, int? Taken, double UsualLeast, double UsualMost, int Weeks);

/// <summary>
/// Counts the payments that all nodes take by product and minute, and learns how many are usual in each quarter of an hour of
/// the week. Only quarters that were watched from beginning to end are learnt.
/// </summary>
public sealed class VolumeTally
{
    private const int QuarterMinutes = 15;

    private readonly Dictionary<Product, MinuteCounts> _counts = [];
    private readonly Dictionary<(Product, int), UsualVolume> _usual = [];
    private readonly Dictionary<(Product, int), UsualVolume> _unsaved = [];
    private bool _isRecovered;
    private long _minute = -1;
    private long _watchedFrom;

    /// <summary>Learnt since it was last stored.</summary>
    public IReadOnlyList<UsualVolume> Unsaved => [.. _unsaved.Values];

    /// <summary>Nothing is learnt before: it would take the place of all weeks that are stored.</summary>
    public void Recover(IEnumerable<UsualVolume> stored)
    {
        _isRecovered = true;
        foreach (var volume in stored)
        {
            _usual[(volume.Product, volume.Quarter)] = volume;
            _counts.TryAdd(volume.Product, new MinuteCounts());
        }
    }

    public void Saved(IEnumerable<UsualVolume> stored)
    {
        foreach (var volume in stored)
        {
            var key = (volume.Product, volume.Quarter);
            if (_unsaved.TryGetValue(key, out var unsaved) && unsaved.Last == volume.Last)
            {
                _unsaved.Remove(key);
            }
        }
    }

    public void Count(TakenPayments taken, DateTimeOffset at)
    {
        Advance(at);
        if (!_counts.TryGetValue(taken.Product, out var counts))
        {
            _counts[taken.Product] = counts = new MinuteCounts();
        }

        counts.Add(_minute, taken.Count);
    }

    /// <param name="isComplete">False: a node is silent, so that payments may be missing.</param>
    public ImmutableArray<VolumeFigures> Read(DateTimeOffset at, bool isComplete)
    {
        Advance(at);
        if (!isComplete)
        {
            _watchedFrom = _minute + 1;
        }

        var begin = _minute - QuarterMinutes;
        return
        [
            .. from one in _counts
               let first = UsualOf(one.Key, begin)
               let last = UsualOf(one.Key, _minute - 1)
               where first is not null && last is not null
               select new VolumeFigures(
                   one.Key, begin >= _watchedFrom ? one.Value.Sum(begin, QuarterMinutes) : null,
                   Math.Min(first.Value.Number, last.Value.Number), Math.Max(first.Value.Number, last.Value.Number),
                   Math.Min(first.Value.Weeks, last.Value.Weeks)),
        ];
    }

    private static long MinuteOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;

    private (double Number, int Weeks)? UsualOf(Product product, long minute)
    {
        var quarter = minute / QuarterMinutes;
        return _usual.GetValueOrDefault((product, UsualVolume.QuarterOfWeek(quarter)))?.Before(quarter);
    }

    /// <summary>A step of more than a minute, or back, is a clock that was set or a node that stood still.</summary>
    private void Advance(DateTimeOffset at)
    {
        var minute = MinuteOf(at);
        if (minute == _minute)
        {
            return;
        }

        var quarter = _minute / QuarterMinutes;
        if (minute != _minute + 1)
        {
            _watchedFrom = minute + 1;
        }
        else if (_isRecovered && minute / QuarterMinutes > quarter && _watchedFrom <= quarter * QuarterMinutes)
        {
            Learn(quarter);
        }

        _minute = minute;
        foreach (var counts in _counts.Values)
        {
            counts.Begin(minute);
        }
    }

    private void Learn(long quarter)
    {
        foreach (var (product, counts) in _counts)
        {
            var key = (product, UsualVolume.QuarterOfWeek(quarter));
            var known = _usual.GetValueOrDefault(key) ?? new UsualVolume(product, -1, []);
            var learnt = known.Learn(quarter, counts.Sum(quarter * QuarterMinutes, QuarterMinutes));
            if (learnt != known)
            {
                _usual[key] = _unsaved[key] = learnt;
            }
        }
    }

    /// <summary>The last half hour by minute.</summary>
    private sealed class MinuteCounts
    {
        private readonly int[] _counts = new int[2 * QuarterMinutes];

        public void Begin(long minute) => _counts[minute % _counts.Length] = 0;

        public void Add(long minute, int count) => _counts[minute % _counts.Length] += count;

        public int Sum(long from, int minutes)
        {
            var sum = 0;
            for (var minute = from; minute < from + minutes; minute++)
            {
                sum += _counts[minute % _counts.Length];
            }

            return sum;
        }
    }
}
