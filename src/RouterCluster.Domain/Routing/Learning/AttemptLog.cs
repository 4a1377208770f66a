using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Routing.Learning;

/// <summary>One attempt as the learner remembers it.</summary>
internal struct LoggedAttempt
{
    public long Number;
    public double DispatchedS;
    public double EndedS;
    public Segment Segment;
    public Source Source;

    // How often the knowledge of channel and cell had changed its regime when the attempt was sent.
    public int ChannelEpoch;
    public int CellEpoch;

    /// <summary>0 while it is open.</summary>
    public AttemptEnd End;
}

/// <summary>
/// The last attempts of a channel by number, in a ring. Grows while the oldest has not ended; one that does not fit any
/// more is forgotten, and what comes of it later teaches nothing.
/// </summary>
internal sealed class AttemptLog
{
    private const int First = 256;
    private const int Largest = 1 << 14;
    private LoggedAttempt[] _slots = new LoggedAttempt[First];

    public AttemptLog() => Array.Fill(_slots, Empty);

    /// <summary>The number after the last one.</summary>
    public long Next { get; private set; }

    /// <summary>No attempt before it is remembered.</summary>
    public long Oldest => Math.Max(0, Next - _slots.Length);

    private static LoggedAttempt Empty => new() { Number = -1 };

    public ref LoggedAttempt Add(long number)
    {
        while (_slots.Length < Largest && Slot(number) is { Number: >= 0, End: 0 })
        {
            Grow();
        }

        Next = number + 1;
        ref var slot = ref Slot(number);
        slot = new LoggedAttempt { Number = number };
        return ref slot;
    }

    /// <summary>False: never seen, or forgotten.  The slot of the number is then some other one's.</summary>
    public bool Has(long number) => Slot(number).Number == number;

    public ref LoggedAttempt Slot(long number) => ref _slots[number & (_slots.Length - 1)];

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
