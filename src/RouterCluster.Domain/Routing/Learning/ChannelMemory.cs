namespace RouterCluster.Domain.Routing.Learning;

internal sealed class ChannelMemory(LearningLimits limits)
{
    private const double UsualTimes = 2;
    private const double ShortestPatienceS = 10;

    // The length of a common call's timeout and first questions.
    private const double UnknownPatienceS = 30;
    private const double ManyUndecided = 0.1;

    // Decisions that always take the same time must not each count as late because of a small difference.
    private const double LateTimes = 1.5;
    private const double FewestBetweenFalseAlarms = 55;
    private const double AnswerGain = 0.02;

    private Tally[] _products = [];

    public readonly AttemptLog Attempts = new();
    public Tally Tally;
    public FallDetector Fall;
    public Outage Outage;
    public ProbeToken Token;

    public ProbeToken StandIn;

    public double ExploredS = double.NaN;

    public HangWatch Hang = new();
    public DispatchRate Rate;
    public UsualTime Decisions;

    public int Undecided;

    public long NextOverdue;

    public DeclineRow Declines = new();

    /// <summary>Grows with each beginning and end of an outage.</summary>
    public int Epoch;

    /// <summary>
    /// How many payments may be unanswered; each success adds one. A channel that comes back, or is new, gets traffic as
    /// fast as it answers, and a channel that hangs gets no more.
    /// </summary>
    public double Window { get; set; } = limits.FirstWindow;

    public double PatienceS => UsualTimes * Math.Max(Hang.AgeS, Decisions.AgeS);

    public double PatienceBeforeEvidenceS => Decisions.AgeS > 0 ? Math.Max(ShortestPatienceS, PatienceS) : UnknownPatienceS;

    /// <summary>Where many attempts are decided late, the age at which those are decided.</summary>
    private double LateAgeS => UndecidedShare > ManyUndecided ? Math.Max(Hang.AgeS, LateTimes * Decisions.AgeS) : Hang.AgeS;

    public ref Tally Product(int product)
    {
        if (product >= _products.Length)
        {
            Array.Resize(ref _products, product + 1);
        }

        return ref _products[product];
    }

    /// <summary>The share of the last answers that left the end open, 0–1.</summary>
    public double UndecidedShare { get; private set; }

    public void CountAnswer(bool isUndecided) => UndecidedShare += AnswerGain * ((isUndecided ? 1 : 0) - UndecidedShare);

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

    public void LookForHang(double nowS)
    {
        Hang.Next = Math.Max(Hang.Next, Attempts.Oldest);
        while (Hang.Next < Attempts.Next)
        {
            if (Attempts.Has(Hang.Next))
            {
                ref readonly var attempt = ref Attempts.Slot(Hang.Next);
                var dueS = attempt.DispatchedS + LateAgeS;
                if (dueS > nowS)
                {
                    return;
                }

                Look(isLate: attempt.IsOpen || attempt.EndedS > dueS);
            }

            Hang.Next++;
        }
    }

    public void Take(ref LoggedAttempt logged)
    {
        logged.End = AttemptEnd.Undecided;
        Undecided++;
        CountAnswer(isUndecided: true);
        NextOverdue = Math.Min(NextOverdue, logged.Number);
    }

    public void LearnTime(ref LoggedAttempt logged, AttemptEnd truth, double nowS)
    {
        Undecided -= logged.End == AttemptEnd.Undecided ? 1 : 0;
        Decisions.Add(nowS - logged.DispatchedS);
        Acknowledge(truth);
    }

    private void Look(bool isLate)
    {
        Hang.Look(isLate, Rate.PerSecond, learns: !Outage.IsOn, Decisions.AgeS);
        var threshold = Math.Log(Math.Max(FewestBetweenFalseAlarms, limits.FalseAlarmS * Rate.PerSecond));
        if (Hang.Sum > Math.Min(limits.MostAlarm, threshold))
        {
            Suspect();
            Hang.Forget();
        }
    }
}
