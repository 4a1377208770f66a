using System.Collections.Frozen;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.AspNetCore.Mvc;
using RouterCluster.Api;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Claims;
using RouterCluster.Node.Channels.Codec;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Telemetry.Spans;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Channels;

internal static class ChannelHosting
{
    private const string Ends =
        "With `for` the change ends by itself, within seconds and also over restarts; the audit trail has it as the router's. "
        + "What stood before it comes back, be it the configuration or an operator's value without an end. Of several changes of "
        + "one setting the last one holds: with `for` it ends at its own time, without it stays.";

    private const string DryRun = """
        With `dry_run=true` nothing is changed or noted. The answer says what would happen: the channel's stored payments of the
        last hour, at most the newest 10,000, are sent once more by the terms, rules, policies, breakers and exclusions of now and
        the success rates that the counters in Redis have of that time. Larger figures than a channel has room for stay with it
        and are marked; volume commitments count as kept, and nobody explores. Payments moved away before count at the channel
        that had them last. With an embedded Redis success rates are this node's alone.
        """;

    public static readonly HashedShards<IChannelMessage> Shards = new(128, message => message.Channel.Value);

    public static IServiceCollection AddChannels(this IServiceCollection services) => services
        .AddSingleton<ChannelReports>()
        .AddSingleton<ChannelSilences>()
        .AddSingleton<Func<ChannelSettings, IChannelProtocol>>(provider => channel =>
            provider.GetRequiredService<ConnectChannel>()(channel, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IChannels, ChannelControl>()
        .AddSingleton<LocalCalls>().AddSingleton<LocalChannels>()
        .AddSingleton(provider => new ChannelClaims(
            provider.GetRequiredService<RouterDatabase>(), provider.GetRequiredService<INodeLeases>(),
            provider.GetRequiredService<SteadyTime>().Machine, provider.GetRequiredService<StorageAddress>().IsShared))
        .AddSingleton<ChannelEndpoints>().AddSingleton<ChannelGauges>();

    /// <param name="reportInterval">Shortest pause between two reports to the routers.</param>
    public static AkkaConfigurationBuilder WithChannels(
        this AkkaConfigurationBuilder akka, IServiceProvider services, TimeSpan reportInterval) => akka
        .AddHocon(ChannelSerializer.Hocon, HoconAddMode.Append)
        .AddHocon(ChannelMessageSerializer.Hocon, HoconAddMode.Append)
        .WithOwnedRegion<IChannelMessage>(
            services, "channel",
            (_, registry) => ChannelsOf(registry, services, reportInterval), Shards, StopChannel.Instance);

    public static void MapChannels(this IEndpointRouteBuilder operators)
    {
        operators.ServiceProvider.GetRequiredService<ChannelGauges>();
        var channels = operators.ServiceProvider.GetRequiredService<ChannelEndpoints>();
        operators.MapGet("/channels", (Delegate)channels.ListAsync)
            .WithSummary("All channels").Gives<ListBody<ChannelBody>>(200, "The channels.").Refuses(Problems.Viewers);
        operators.MapGet("/channels/{id}", (Delegate)channels.GetAsync)
            .WithSummary("One channel").TakesChannelId().Gives<ChannelBody>(200, "The channel.")
            .Refuses([.. Problems.Viewers, "not_found"]);
        MapChange(
            "disable", "Send no more orders, return those that wait; questions go on", ChannelBodies.TimedChannelChange,
            channels.DisableAsync);
        MapChange("enable", "Take the channel back into traffic", ChannelBodies.ChannelChange, channels.EnableAsync);
        MapChange(
            "drain", "Take no more orders, send those that wait", ChannelBodies.TimedChannelChange, channels.DrainAsync);
        operators.MapPatch("/channels/{id}", Change(channels.PatchAsync))
            .WithSummary("Change limits, weight or isolation")
            .WithDescription(
                "What is left out stays; null takes an override back, so that the configured value is in force again. Survives "
                + $"restarts. {Ends}\n\n{DryRun}")
            .TakesChannelId()
            .TakesJson(ChannelBodies.ChannelPatch)
            .Gives<ChannelBody>(200, "The channel after the change.")
            .OrForecasts()
            .Refuses(Problems.ChannelChanges);

        operators.MapPost("/channels/{id}/exclusions", Change(channels.ExcludeAsync))
            .WithSummary("Switch off a part of a channel: for a bank, product, merchant or amounts")
            .WithDescription(
                "The channel gets no new orders of such payments, which go to other channels; those that wait in its queue go "
                + "back unsent, what was sent is asked about as before. A payment that only this channel could take is answered "
                + "as if the channel was disabled. The same part again keeps its number; the later reason and end hold. Survives "
                + $"restarts.\n\n{DryRun}")
            .TakesChannelId()
            .TakesJson(ChannelBodies.Exclusion)
            .Gives<ChannelBody>(200, "The channel after the change, the exclusion among its `exclusions`.")
            .OrForecasts()
            .Refuses([.. Problems.ChannelChanges, "too_many_exclusions", "not_served"]);
        operators.MapDelete("/channels/{id}/exclusions/{no}", (Delegate)channels.IncludeAsync)
            .WithSummary("Take an exclusion back")
            .WithDescription("An exclusion that is over already is no error; one that there never was is.")
            .TakesChannelId()
            .Takes("no", Shapes.Plain(1, 10, "The exclusion's number at its channel."), _ => "1")
            .TakesJson(ChannelBodies.Inclusion)
            .Gives<ChannelBody>(200, "The channel after the change.")
            .Refuses(Problems.ChannelChanges);

        void MapChange(string verb, string summary, RequestBody body, Func<HttpContext, string, string?, Task> change) =>
            operators.MapPost($"/channels/{{id}}/{verb}", Change(change))
                .WithSummary(summary)
                .WithDescription(
                    (body == ChannelBodies.ChannelChange ? "Survives restarts." : $"Survives restarts. {Ends}") + $"\n\n{DryRun}")
                .TakesChannelId()
                .TakesJson(body)
                .Gives<ChannelBody>(200, "The channel after the change.")
                .OrForecasts()
                .Refuses([.. Problems.ChannelChanges, "channel_retired"]);
    }

    private static Delegate Change(Func<HttpContext, string, string?, Task> change) =>
        (HttpContext context, string id, [FromQuery(Name = DryRunMark.Parameter)] string? dryRun) => change(context, id, dryRun);

    private static RouteHandlerBuilder OrForecasts(this RouteHandlerBuilder route) => route
        .TakesDryRun("true: nothing is changed, and the answer is the forecast.")
        .OrGives<ForecastBody>(200);

    private static Func<string, Props> ChannelsOf(IActorRegistry registry, IServiceProvider services, TimeSpan reportInterval)
    {
        var http = services.GetRequiredService<HttpSettings>();
        var byId = services.GetRequiredService<ListInForce<ChannelSettings>>()
            .Derive(all => all.ToFrozenDictionary(channel => channel.Id));
        var lanes = new LaneContext(
            services.GetRequiredService<RouterClock>(), services.GetRequiredService<IBooks>(),
            services.GetRequiredService<RouterMetrics>(), reportInterval)
        {
            Troubles = services.GetRequiredService<Troubles>(),
            Silences = services.GetRequiredService<ChannelSilences>(),
            Spans = services.GetRequiredService<PaymentSpans>(),
        };
        var context = new ChannelContext(
            lanes, ClaimsOf(services), services.GetRequiredService<IAccountVault>(),
            services.GetRequiredService<Func<ChannelSettings, IChannelProtocol>>(), http.DrainTimeout, http.PublicUrl)
        {
            Region = registry.Get<IChannelMessage>,
            Local = services.GetRequiredService<LocalChannels>(),
            Configured = channel => byId.Value.GetValueOrDefault(channel),
        };
        return id => byId.Value.TryGetValue(ChannelId.Unchecked(id), out var channel)
            ? ChannelEntity.Props(channel, context)
            : Props.Create<UnknownChannelActor>();
    }

    private static ClaimContext ClaimsOf(IServiceProvider services)
    {
        var leases = services.GetRequiredService<INodeLeases>();
        var lease = services.GetRequiredService<StorageAddress>().IsShared ? leases.Lasts : TimeSpan.Zero;
        return new ClaimContext(
            services.GetRequiredService<ChannelClaims>(), leases, services.GetRequiredService<LocalCalls>(), lease,
            services.GetRequiredService<SteadyTime>().Machine);
    }
}
