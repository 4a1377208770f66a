using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Routing.Learning;

internal struct LoggedAttempt
{
    public long Number;
    public double DispatchedS;
    public double EndedS;
    public Segment Segment;
    public Source Source;

    public int ChannelEpoch;
    public int CellEpoch;

    public double OverdueS;

    public AttemptEnd End;

    public bool WasGivenUp;

    public readonly bool IsOpen => End is 0 or AttemptEnd.Undecided;
}

/// <summary>
/// A ring by number that grows while the oldest has not ended. The end of a forgotten attempt teaches nothing.
/// </summary>
internal sealed class AttemptLog
{
    private const int First = 256;
    private const int Largest = 1 << 14;
    private LoggedAttempt[] _slots = new LoggedAttempt[First];

    public AttemptLog() => Array.Fill(_slots, Empty);

    public long Next { get; private set; }

    public long Oldest => Math.Max(0, Next - _slots.Length);

    private static LoggedAttempt Empty => new() { Number = -1 };

    public ref LoggedAttempt Add(long number, out int forgotten)
    {
        forgotten = number - Next >= _slots.Length ? GiveUpOpen() : 0;
        while (_slots.Length < Largest && Slot(number) is { Number: >= 0, IsOpen: true })
        {
            Grow();
        }

        Next = number + 1;
        ref var slot = ref Slot(number);
        forgotten += slot.End == AttemptEnd.Undecided ? 1 : 0;
        slot = new LoggedAttempt { Number = number };
        return ref slot;
    }

    /// <summary>False: never seen, or forgotten. The number's slot then holds another attempt.</summary>
    public bool Has(long number) => Slot(number).Number == number;

    public ref LoggedAttempt Slot(long number) => ref _slots[number & (_slots.Length - 1)];

    /// <summary>A new owner's numbers are far above its predecessor's, whose open attempts will never end here.</summary>
    private int GiveUpOpen()
    {
        var forgotten = 0;
        foreach (ref var attempt in _slots.AsSpan())
        {
            if (attempt.IsOpen)
            {
                forgotten += attempt.End == AttemptEnd.Undecided ? 1 : 0;
                attempt.End = AttemptEnd.NoEvidence;
            }
        }

        return forgotten;
    }

    private void Grow()
    {
        var before = _slots;
        _slots = new LoggedAttempt[2 * before.Length];
        Array.Fill(_slots, Empty);
        foreach (ref readonly var attempt in before.AsSpan())
        {
            if (attempt.Number >= 0)
            {
                Slot(attempt.Number) = attempt;
            }
        }
    }
}
