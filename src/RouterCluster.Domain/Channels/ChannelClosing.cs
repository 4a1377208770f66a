namespace RouterCluster.Domain.Channels;

public enum ClosingReason
{
    Lifecycle,

    Maintenance,

    Throttled,
}

/// <param name="Until">Null: until somebody decides otherwise.</param>
public sealed record ChannelClosing(ClosingReason Why, DateTimeOffset? Until);

public static class ClosingReasonNames
{
    public static string Name(this ClosingReason why) => why switch
    {
        ClosingReason.Lifecycle => "lifecycle",
        ClosingReason.Maintenance => "maintenance",
        ClosingReason.Throttled => "throttled",
    };
}
