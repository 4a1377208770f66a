namespace RouterCluster.Domain.Routing.Learning;

/// <summary>What is known of one channel in one segment.</summary>
internal sealed class CellMemory
{
    public Tally Tally;

    /// <summary>Tuned to breaks: alarms within a few failures.</summary>
    public FallDetector Fall;

    /// <summary>Tuned to falls by a tenth, which dense traffic shows soon and the one for breaks never.</summary>
    public FallDetector SmallFall;

    public Outage Outage;
    public ProbeToken Token;

    /// <summary>When a payment of the segment that may find out was last asked for, and the channel could take it.</summary>
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
