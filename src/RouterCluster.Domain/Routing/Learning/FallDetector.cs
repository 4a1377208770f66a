namespace RouterCluster.Domain.Routing.Learning;

/// <summary>
/// A cumulative sum that rises while successes stay behind the expected ones (CUSUM). At an alarm the outcomes since it was
/// zero describe the new state.
/// </summary>
internal struct FallDetector
{
    private const double MostOfOneFailure = 3;

    public double Sum { get; private set; }

    public double RunSeen { get; private set; }

    public double RunExpected { get; private set; }

    public void Add(double seen, double weight, double expected, double ratio)
    {
        // Evidence for the lower probability against the usual one.
        Sum += seen > 0
            ? Math.Log(ratio)
            : Math.Min(MostOfOneFailure, weight * Math.Log((1 - (ratio * expected)) / (1 - expected)));
        RunSeen += seen;
        RunExpected += weight * expected;
        if (Sum <= 0)
        {
            Clear();
        }
    }

    public void Take(double sum)
    {
        Sum -= sum;
        if (Sum <= 0)
        {
            Clear();
        }
    }

    public void Clear() => (Sum, RunSeen, RunExpected) = (0, 0, 0);
}
