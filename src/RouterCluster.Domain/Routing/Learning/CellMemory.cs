namespace RouterCluster.Domain.Routing.Learning;

internal sealed class CellMemory
{
    public Tally Tally;

    /// <summary>Tuned to breaks: alarms within a few failures.</summary>
    public FallDetector Fall;

    /// <summary>Tuned to falls by a tenth, which it finds in dense traffic and <see cref="Fall"/> never does.</summary>
    public FallDetector SmallFall;

    public Outage Outage;
    public ProbeToken Token;

    public double ExploredS = double.NaN;

    /// <summary>Grows with each beginning and end of an outage.</summary>
    public int Epoch;

    public void ClearFalls()
    {
        Fall.Clear();
        SmallFall.Clear();
    }

    public void EndOutage()
    {
        Outage.End();
        Epoch++;
    }
}
