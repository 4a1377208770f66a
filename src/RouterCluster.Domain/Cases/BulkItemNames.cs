namespace RouterCluster.Domain.Cases;

public static class BulkItemNames
{
    public static string Name(this BulkItemState state) => state switch
    {
        BulkItemState.Waiting => "waiting",
        BulkItemState.Decided => "decided",
        BulkItemState.Refused => "refused",
    };
}
