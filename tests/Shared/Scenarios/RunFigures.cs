namespace RouterCluster.Testing.Scenarios;

/// <summary>What became of one run, in expected successes, so that luck with single payments does not blur it.</summary>
public sealed class RunFigures(Timeline timeline)
{
    private const double EventWatchedS = 60;
    private const double BinS = 30;
    private readonly int[] _eligible = new int[(int)timeline.LengthS + 1];
    private readonly int[] _toX = new int[(int)timeline.LengthS + 1];

    private int[]? _eligibleUntil;
    private int[]? _toXUntil;

    /// <summary>Expected successes of the scored part.</summary>
    public double Successes { get; private set; }

    public double Payments { get; private set; }

    /// <summary>Payments that fail in the first minute of the event and would not have at the best channel.</summary>
    public double LostInFirstMinute { get; private set; }

    /// <summary>Orders that went to X during the event.</summary>
    public int SentToX { get; private set; }

    /// <summary>Those of them that it did not refuse.</summary>
    public int TakenByX { get; private set; }

    public void CountAtX(double nowS, bool isTaken)
    {
        var counts = nowS >= timeline.OnS && nowS < timeline.OffS;
        SentToX += counts ? 1 : 0;
        TakenByX += counts && isTaken ? 1 : 0;
    }

    public void Chosen(double nowS, bool isX, bool isXEligible, double success, double best, double customersShare)
    {
        _eligible[(int)nowS] += isXEligible ? 1 : 0;
        _toX[(int)nowS] += isX ? 1 : 0;
        Payments += nowS >= timeline.ScoredFromS ? 1 : 0;
        Successes += nowS >= timeline.ScoredFromS ? success * customersShare : 0;
        LostInFirstMinute += nowS >= timeline.OnS && nowS < timeline.OnS + EventWatchedS ? best - success : 0;
    }

    public double Regret(RunFigures oracle) => (oracle.Successes - Successes) / oracle.Successes;

    /// <summary>Seconds after the beginning of the event until X gets less than 5 % for two windows; null: never.</summary>
    public int? SecondsToLeave() => FirstSecond((int)timeline.OnS, share => share < 0.05);

    /// <summary>Seconds after the end of the event until X has 80 % of its former share for two windows; null: never.</summary>
    public int? SecondsToReturn()
    {
        var before = ShareOfX(timeline.OnS - EventWatchedS, EventWatchedS);
        return FirstSecond((int)timeline.OffS, share => share >= 0.8 * before);
    }

    /// <summary>X's share between two moments, relative to that of the scored part before the event.</summary>
    public double ShareKept(double fromS, double untilS) =>
        ShareOfX(fromS, untilS - fromS) / ShareOfX(timeline.ScoredFromS, timeline.OnS - timeline.ScoredFromS);

    /// <summary>Standard deviation of X's share over bins of 30 s of the scored part.</summary>
    public double ShareDeviation()
    {
        var shares = Shares(timeline.ScoredFromS, BinS);
        var mean = shares.Average();
        return Math.Sqrt(shares.Sum(share => (share - mean) * (share - mean)) / shares.Length);
    }

    /// <summary>X's share of the payments that it may take, bin by bin.</summary>
    public double[] Shares(double fromS, double binS) =>
    [
        .. Enumerable.Range(0, (int)((timeline.LengthS - fromS) / binS))
            .Select(bin => ShareOfX(fromS + (bin * binS), binS)),
    ];

    private int? FirstSecond(int fromS, Func<double, bool> holds)
    {
        for (var second = fromS; second + (2 * timeline.WindowS) <= timeline.LengthS; second++)
        {
            if (holds(ShareOfX(second, timeline.WindowS))
                && holds(ShareOfX(second + timeline.WindowS, timeline.WindowS)))
            {
                return second - fromS;
            }
        }

        return null;
    }

    private double ShareOfX(double fromS, double lengthS)
    {
        var (from, to) = ((int)fromS, (int)(fromS + lengthS));
        _eligibleUntil ??= Sums(_eligible);
        _toXUntil ??= Sums(_toX);
        var eligible = _eligibleUntil[to] - _eligibleUntil[from];
        return eligible == 0 ? 0 : (_toXUntil[to] - _toXUntil[from]) / (double)eligible;
    }

    private static int[] Sums(int[] counts)
    {
        var sums = new int[counts.Length + 1];
        for (var i = 0; i < counts.Length; i++)
        {
            sums[i + 1] = sums[i] + counts[i];
        }

        return sums;
    }
}
