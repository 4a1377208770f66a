using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Alerts;

/// <summary>
/// Counts one channel's attempts of one product in windows from ten seconds to ten minutes, and learns its usual
/// share of faults from the minutes before them.
/// </summary>
/// <remarks>
/// Windows of several lengths see a sharp drop within seconds and a slow decline within minutes, as multi-window burn rates
/// do (Google, The Site Reliability Workbook, chapter 5).
/// </remarks>
public sealed class ChannelTrials
{
    private static readonly (TimeSpan Slot, int Slots)[] Shapes =
    [
        (TimeSpan.FromSeconds(1), 10),
        (TimeSpan.FromSeconds(3), 20),
        (TimeSpan.FromSeconds(15), 20),
        (TimeSpan.FromSeconds(30), 20),
    ];

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly (TimeSpan Window, SlidingCount Successes, SlidingCount Faults)[] _windows =
        [.. Shapes.Select(shape => (
            shape.Slot * shape.Slots, new SlidingCount(shape.Slot, shape.Slots), new SlidingCount(shape.Slot, shape.Slots)))];

    private readonly UsualRate _usual = new();
    private Trials _minute;
    private long _minuteNo;

    public void Count(Trials ended, TimeSpan now)
    {
        EndMinutes(now);
        _minute = new Trials(_minute.Successes + ended.Successes, _minute.Faults + ended.Faults);
        foreach (var (_, successes, faults) in _windows)
        {
            successes.Add(now, ended.Successes);
            faults.Add(now, ended.Faults);
        }
    }

    public RateFigures Read(TimeSpan now)
    {
        EndMinutes(now);
        return new RateFigures(
            [.. _windows.Select(one => (one.Window, new Trials(one.Successes.Sum(now), one.Faults.Sum(now))))],
            _usual.FaultRate, _usual.Dispersion);
    }

    private void EndMinutes(TimeSpan now)
    {
        var current = now.Ticks / Minute.Ticks;
        if (current == _minuteNo)
        {
            return;
        }

        _usual.EndMinute(_minute);
        for (var empty = _minuteNo + 1; empty < current && empty <= _minuteNo + UsualRate.Lag; empty++)
        {
            _usual.EndMinute(default);
        }

        (_minute, _minuteNo) = (default, current);
    }
}
