namespace RouterCluster.Domain.Channels;

public enum ClosingReason
{
    /// <summary>An operator has taken the channel out, or nobody answers for it.</summary>
    Lifecycle,

    /// <summary>Its company works on its systems, as announced to us or by itself.</summary>
    Maintenance,

    /// <summary>It has refused orders as too many, and is left alone for a while.</summary>
    Throttled,
}

/// <param name="Until">Null: until somebody decides otherwise.</param>
public sealed record ChannelClosing(ClosingReason Why, DateTimeOffset? Until);

/// <summary>The words that clients, metrics and people know the reasons by.</summary>
public static class ClosingReasonNames
{
    public static string Name(this ClosingReason why) => why switch
    {
        ClosingReason.Lifecycle => "lifecycle",
        ClosingReason.Maintenance => "maintenance",
        ClosingReason.Throttled => "throttled",
    };
}
