namespace RouterCluster.Domain.Routing.Learning;

/// <summary>What is known of one channel in one segment.</summary>
internal sealed class CellMemory
{
    public Tally Tally;
    public FallDetector Fall;
    public Outage Outage;
    public ProbeToken Token;

    /// <summary>Grows with each beginning and end of an outage.</summary>
    public int Epoch;

    public void EndOutage()
    {
        Outage.End();
        Epoch++;
    }
}
