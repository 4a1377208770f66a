namespace RouterCluster.Domain.Channels;

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
