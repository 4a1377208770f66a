using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Alerts;

/// <summary>How often one code came within five minutes, and how often it usually does.</summary>
internal sealed class CodeTally(bool isUnusual)
{
    public const int Slots = 20;
    public static readonly TimeSpan Slot = TimeSpan.FromSeconds(15);

    /// <summary>A share of all attempts that a code is always supposed to have.</summary>
    private const double SupposedShare = 0.01;

    /// <summary>The same while the channel is new here, as after a fail-over, and its usual codes are not learnt.</summary>
    private const double SupposedShareAtFirst = 0.03;

    private const double LearntPerWindow = 0.2;
    private const int WindowsKept = 12;
    private static readonly TimeSpan Window = Slot * Slots;

    private readonly SlidingCount _recent = new(Slot, Slots);
    private long _windowNo;
    private int _inWindow;
    private double _usual;
    private double _waiting;

    public bool IsUnusual => isUnusual;

    public void Add(int count, TimeSpan now)
    {
        EndWindows(now);
        _inWindow += count;
        _recent.Add(now, count);
    }

    public int InFiveMinutes(TimeSpan now) => _recent.Sum(now);

    public double Usual(int endedInFiveMinutes, bool isChannelNew) =>
        Math.Max(_usual, (isChannelNew ? SupposedShareAtFirst : SupposedShare) * endedInFiveMinutes);

    public bool IsForgotten(TimeSpan now) => _recent.Sum(now) == 0 && (now.Ticks / Window.Ticks) - _windowNo > WindowsKept;

    /// <summary>The window before the present one is not learnt yet: it may belong to the same trouble.</summary>
    private void EndWindows(TimeSpan now)
    {
        var current = now.Ticks / Window.Ticks;
        for (var ended = 0; _windowNo < current && ended <= WindowsKept; ended++)
        {
            _usual += LearntPerWindow * (_waiting - _usual);
            (_waiting, _inWindow) = (_inWindow, 0);
            _windowNo++;
        }

        _windowNo = current;
    }
}
