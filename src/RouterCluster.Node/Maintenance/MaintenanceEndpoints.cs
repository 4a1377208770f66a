using RouterCluster.Api;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Maintenance;

internal sealed class MaintenanceEndpoints(
    ListInForce<ChannelSettings> settings, OperatorAccess access, IChannels channels, RouterClock clock,
    ILogger<MaintenanceEndpoints> logger)
{
    /// <param name="channel">Null: of all channels.</param>
    public Task ListAsync(HttpContext context, string? channel) => access.EnterAsync(context, isChange: false, async _ =>
    {
        if (channel is not null && Find(channel) is null)
        {
            return NoSuchChannel(channel);
        }

        var now = clock.Utc;
        var bodies = channels.All()
            .Where(status => channel is null || status.Channel.Value == channel)
            .SelectMany(status => Find(status.Channel.Value) is { } configured ? status.ToMaintenance(configured, now) : []);
        await context.JsonAsync(200, new ListBody<MaintenanceBody>([.. bodies], Next: null), ApiJson.Default.MaintenanceList);
        return null;
    });

    public Task AddAsync(HttpContext context) => access.EnterAsync(context, isChange: true, async person =>
    {
        var (draft, wrong) = await JsonBody.ReadAsync(context.Request, (person.Name, clock.Utc), MaintenanceReader.Read);
        if (draft is null)
        {
            return wrong;
        }

        if (Find(draft.Channel) is not { } configured)
        {
            return NoSuchChannel(draft.Channel);
        }

        if (ChannelRefusals.NotServed(new(draft.Change.Plan?.Bank, null, null, null, null), configured) is { } nothing)
        {
            return nothing;
        }

        var channel = new ChannelId(draft.Channel);
        var (done, refusal) = await ChangeAsync(context, channel, draft.Change);
        var planned = done?.Planned.FirstOrDefault(one => one.Plan == draft.Change.Plan)?.ToBody(channel, clock.Utc);
        if (planned is null)
        {
            return refusal ?? ChannelRefusals.OwnerSilent;
        }

        await context.JsonAsync(200, planned, ApiJson.Default.MaintenanceBody);
        return null;
    });

    public Task RemoveAsync(HttpContext context, string id) => access.EnterAsync(context, isChange: true, async person =>
    {
        if (MaintenanceView.ParseId(id) is not var (channel, no) || Find(channel) is not { } configured)
        {
            return NoSuchMaintenance(id);
        }

        var (change, wrong) = await JsonBody.ReadAsync(
            context.Request, person.Name,
            (json, by, errors) => ExclusionReader.ReadInclusion(json, (by, 0), errors) is { } read
                ? read with { Include = null, Unplan = no }
                : null,
            isRequired: false);
        if (change is null)
        {
            return wrong;
        }

        var (done, refusal) = await ChangeAsync(context, new ChannelId(channel), change);
        if (done is not null)
        {
            await context.JsonAsync(200, done.ToBody(configured), ApiJson.Default.ChannelBody);
        }

        return refusal;
    });

    private async Task<(ChannelStatus? Done, Refusal? Refusal)> ChangeAsync(
        HttpContext context, ChannelId channel, ChannelChange change)
    {
        switch (await channels.ChangeAsync(channel, change, context.RequestAborted))
        {
            case ChannelChangeResult.Done { Status: var status }:
                logger.Changed(channel, change, status.Changed?.What);
                return (status, null);
            case ChannelChangeResult.Refused when change.Unplan is { } no:
                return (null, NoSuchMaintenance(MaintenanceView.IdOf(channel, no)));
            case ChannelChangeResult.Refused:
                return (null, ChannelRefusals.TooManyMaintenances);
            default:
                logger.Unanswered(channel, change);
                return (null, ChannelRefusals.OwnerSilent);
        }
    }

    private Refusal NoSuchMaintenance(string id)
    {
        var known = channels.All()
            .SelectMany(status => status.Planned.Select(one => MaintenanceView.IdOf(status.Channel, one.No))).ToList();
        return Refusals.NoSuch("maintenance", id, known.Count == 0 ? null : known);
    }

    private Refusal NoSuchChannel(string id) => Refusals.NoSuch("channel", id, settings.Select(channel => channel.Id.Value));

    private ChannelSettings? Find(string channel) => settings.FirstOrDefault(one => one.Id.Value == channel);
}
