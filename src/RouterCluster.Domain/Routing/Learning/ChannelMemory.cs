namespace RouterCluster.Domain.Routing.Learning;

/// <summary>What is known of one channel as a whole, and by product.</summary>
internal sealed class ChannelMemory(LearningLimits limits)
{
    private const double AnswerGain = 0.02;
    public readonly AttemptLog Attempts = new();
    public Tally Tally;
    public FallDetector Fall;
    public Outage Outage;
    public ProbeToken Token;

    /// <summary>For payments that are too large to find out with, where no smaller ones come.</summary>
    public ProbeToken StandIn;

    /// <summary>When a payment that may find out was last asked for, and the channel could take it.</summary>
    public double ExploredS = double.NaN;

    public HangWatch Hang = new();
    public DispatchRate Rate;
    public UsualTime Decisions;

    /// <summary>Attempts that the channel has taken and neither decided nor been given up for.</summary>
    public int Undecided;

    /// <summary>Number of the first attempt that may have to be given up.</summary>
    public long NextOverdue;

    public DeclineRow Declines = new();

    /// <summary>Grows with each beginning and end of an outage.</summary>
    public int Epoch;

    /// <summary>
    /// Payments that may be unanswered: each success lets one more in. So a channel that comes back, or is new, gets
    /// traffic as fast as it answers, and one that hangs gets no more.
    /// </summary>
    public double Window { get; set; } = limits.FirstWindow;

    private Tally[] _products = [];

    public ref Tally Product(int product)
    {
        if (product >= _products.Length)
        {
            Array.Resize(ref _products, product + 1);
        }

        return ref _products[product];
    }

    /// <summary>How many of the last answers left the end open, 0–1.</summary>
    public double UndecidedShare { get; private set; }

    public void CountAnswer(bool isUndecided) => UndecidedShare += AnswerGain * ((isUndecided ? 1 : 0) - UndecidedShare);

    /// <summary>The channel was late; so many successes since have not yet shown it well.</summary>
    public bool IsSuspected { get; private set; }

    public void Acknowledge(AttemptEnd end)
    {
        if (end == AttemptEnd.Succeeded)
        {
            Window++;
            IsSuspected &= Window < 2 * limits.FirstWindow;
        }
    }

    public void Suspect()
    {
        ShrinkWindow();
        IsSuspected = true;
    }

    public void ShrinkWindow() => Window = Math.Min(Window, limits.FirstWindow);
}
