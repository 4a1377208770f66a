using RouterCluster.Node.Alerts;
using RouterCluster.Node.Channels;

namespace RouterCluster.Node.Events;

internal static class EventHosting
{
    public static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<ChannelJournal>()
        .AddSingleton<IEventSource, AuditEvents>()
        .AddSingleton<IEventSource, ChannelEvents>()
        .AddSingleton<IEventSource>(provider =>
            new AlertEvents(provider.GetRequiredService<AlertStore>(), AlertHistory.Resolved))
        .AddSingleton<IEventSource>(provider =>
            new AlertEvents(provider.GetRequiredService<AlertStore>(), AlertHistory.Begun))
        .AddSingleton<IEventSource, NodeEvents>()
        .AddSingleton<IEventLog, EventLog>()
        .AddSingleton<PastEventEndpoints>();
}
