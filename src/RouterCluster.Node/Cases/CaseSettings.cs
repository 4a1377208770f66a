namespace RouterCluster.Node.Cases;

/// <param name="ExpiresAfter">How long a proposal waits for a second person.</param>
/// <param name="BulkMost">Payments of one list.</param>
/// <param name="BulkBatch">Payments of a list that are with the books at once.</param>
public sealed record CaseSettings(TimeSpan ExpiresAfter, int BulkMost, int BulkBatch);
