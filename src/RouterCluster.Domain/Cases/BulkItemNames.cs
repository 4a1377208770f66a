namespace RouterCluster.Domain.Cases;

/// <summary>The words that clients, metrics and people know an item's states by.</summary>
public static class BulkItemNames
{
    public static string Name(this BulkItemState state) => state switch
    {
        BulkItemState.Waiting => "waiting",
        BulkItemState.Decided => "decided",
        BulkItemState.Refused => "refused",
    };
}
