namespace RouterCluster.Domain.Payments;

/// <summary>How a report of an attempt came. The numbers are stored and travel between nodes: never re-used.</summary>
public enum ReportSource
{
    Submit = 1,
    Query = 2,

    Notification = 3,
}
