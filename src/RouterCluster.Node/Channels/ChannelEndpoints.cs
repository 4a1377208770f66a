using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using RouterCluster.Api;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Channels;

internal sealed class ChannelEndpoints(
    ListInForce<ChannelSettings> settings, ListInForce<MerchantSettings> merchants, OperatorAccess access, IChannels channels,
    IChannelForecasts forecasts, ILogger<ChannelEndpoints> logger)
{
    private readonly ListInForce<ChannelSettings>.Derived<FrozenDictionary<string, ChannelSettings>> _byId =
        settings.Derive(all => all.ToFrozenDictionary(channel => channel.Id.Value));

    public Task ListAsync(HttpContext context) => access.EnterAsync(context, isChange: false, async _ =>
    {
        var bodies = channels.All().Select(Body).OfType<ChannelBody>().ToArray();
        await context.JsonAsync(200, new ListBody<ChannelBody>(bodies, Next: null), ApiJson.Default.ChannelList);
        return null;
    });

    public Task GetAsync(HttpContext context, string id) => access.EnterAsync(context, isChange: false, async _ =>
    {
        var status = channels.All().FirstOrDefault(status => status.Channel.Value == id);
        return status is null ? NoSuchChannel(id) : await ShowAsync(context, status);
    });

    public Task DisableAsync(HttpContext context, string id, string? dryRun) =>
        MoveAsync(context, id, dryRun, ChannelLifecycle.Disabled);

    public Task EnableAsync(HttpContext context, string id, string? dryRun) =>
        MoveAsync(context, id, dryRun, ChannelLifecycle.Active);

    public Task DrainAsync(HttpContext context, string id, string? dryRun) =>
        MoveAsync(context, id, dryRun, ChannelLifecycle.Draining);

    public Task PatchAsync(HttpContext context, string id, string? dryRun) =>
        ChangeAsync(context, id, dryRun, ChannelChangeReader.ReadPatch);

    public Task ExcludeAsync(HttpContext context, string id, string? dryRun) =>
        ChangeAsync(context, id, dryRun, ExclusionReader.Read);

    public Task IncludeAsync(HttpContext context, string id, string no) =>
        access.EnterAsync(context, isChange: true, async person =>
        {
            if (Find(id) is null)
            {
                return NoSuchChannel(id);
            }

            // A number that nobody can have given is as unknown as one that nobody has given yet.
            if (!int.TryParse(no, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                return NoSuchExclusion(id, no);
            }

            var (change, wrong) = await JsonBody.ReadAsync(
                context.Request, (person.Name, number), ExclusionReader.ReadInclusion, isRequired: false);
            return change is null ? wrong : await CarryOutAsync(context, id, change);
        });

    private Task MoveAsync(HttpContext context, string id, string? dryRun, ChannelLifecycle lifecycle) => ChangeAsync(
        context, id, dryRun, (json, by, errors) => ChannelChangeReader.ReadLifecycle(json, by, lifecycle, errors));

    private Task ChangeAsync(
        HttpContext context, string id, string? dryRun, Func<JsonElement, string, FieldErrors, ChannelChange?> read) =>
        access.EnterAsync(context, isChange: true, async person =>
        {
            if (Find(id) is not { } channel)
            {
                return NoSuchChannel(id);
            }

            if (dryRun is not (null or "true" or "false"))
            {
                return Refusals.Invalid(DryRunMark.Parameter, "must be true or false");
            }

            var (change, wrong) = await JsonBody.ReadAsync(context.Request, person.Name, read);
            if (change is null)
            {
                return wrong;
            }

            if (change.Exclude is { } scope && WhyNothing(scope, channel) is { } nothing)
            {
                return nothing;
            }

            return dryRun == "true"
                ? await ForecastAsync(context, channel, change)
                : await CarryOutAsync(context, id, change);
        });

    private Refusal? WhyNothing(ExclusionScope scope, ChannelSettings channel) =>
        scope.Merchant is { } merchant && merchants.All(known => known.Id != merchant)
            ? Refusals.NoSuch("merchant", merchant.Value, merchants.Select(known => known.Id.Value))
            : ChannelRefusals.NotServed(scope, channel);

    private async Task<Refusal?> ForecastAsync(HttpContext context, ChannelSettings channel, ChannelChange change)
    {
        if (channel.Retired && change.Lifecycle is not null)
        {
            return ChannelRefusals.ChannelRetired;
        }

        if (channels.All().FirstOrDefault(status => status.Channel == channel.Id) is not { } status
            || await forecasts.OfAsync(status, change, context.RequestAborted) is not { } forecast)
        {
            return NoSuchChannel(channel.Id.Value);
        }

        await context.JsonAsync(200, forecast, ApiJson.Default.ForecastBody);
        return null;
    }

    private Refusal NoSuchExclusion(string id, string no) => Refusals.NoSuch(
        "exclusion", no,
        channels.All().Where(status => status.Channel.Value == id).SelectMany(status => status.Exclusions)
            .Select(one => one.No.ToString(CultureInfo.InvariantCulture)));

    private Refusal NoSuchChannel(string id) => Refusals.NoSuch("channel", id, settings.Select(channel => channel.Id.Value));

    private async Task<Refusal?> CarryOutAsync(HttpContext context, string id, ChannelChange change)
    {
        if (Find(id) is { Retired: true } && change.Lifecycle is not null)
        {
            return ChannelRefusals.ChannelRetired;
        }

        switch (await channels.ChangeAsync(new ChannelId(id), change, context.RequestAborted))
        {
            case ChannelChangeResult.Done { Status: var status }:
                logger.Changed(status.Channel, change, status.Changed?.What);
                return await ShowAsync(context, status);
            case ChannelChangeResult.Refused { Why: ChangeRefusal.NoSuchExclusion }:
                return NoSuchExclusion(id, $"{change.Include}");
            case ChannelChangeResult.Refused:
                return ChannelRefusals.TooManyExclusions;
            default:
                logger.Unanswered(new ChannelId(id), change);
                return ChannelRefusals.OwnerSilent;
        }
    }

    private async Task<Refusal?> ShowAsync(HttpContext context, ChannelStatus status)
    {
        if (Body(status) is not { } body)
        {
            return NoSuchChannel(status.Channel.Value);
        }

        await context.JsonAsync(200, body, ApiJson.Default.ChannelBody);
        return null;
    }

    private ChannelSettings? Find(string id) => _byId.Value.GetValueOrDefault(id);

    /// <summary>Null: the channel has left the configuration meanwhile.</summary>
    private ChannelBody? Body(ChannelStatus status) =>
        Find(status.Channel.Value) is { } configured ? status.ToBody(configured) : null;
}
