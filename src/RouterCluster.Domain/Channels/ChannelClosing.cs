namespace RouterCluster.Domain.Channels;

public enum ClosingReason
{
    /// <summary>An operator has taken the channel out, or it has no owner.</summary>
    Lifecycle,

    /// <summary>Its company has announced maintenance, or an operator has.</summary>
    Maintenance,

    /// <summary>It has refused orders as too many, and gets none for a while.</summary>
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
