namespace RouterCluster.Domain.Channels;

/// <summary>The words that clients, metrics and people know lifecycles by.</summary>
public static class ChannelLifecycleNames
{
    public static string Name(this ChannelLifecycle lifecycle) => lifecycle switch
    {
        ChannelLifecycle.Active => "active",
        ChannelLifecycle.Disabled => "disabled",
        ChannelLifecycle.Draining => "draining",
        ChannelLifecycle.NoOwner => "no_owner",
        ChannelLifecycle.Retired => "retired",
    };
}
