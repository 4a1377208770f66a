using System.Text.Json;
using RouterCluster.Api;
using RouterCluster.Domain.Alerts;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Alerts;

internal sealed partial class AlertEndpoints(
    AlertSettings settings, OperatorAccess access, IAlerts alerts, RouterClock clock, ILogger<AlertEndpoints> logger)
{
    public static readonly IReadOnlyList<string> States = [.. Enum.GetValues<AlertStanding>().Select(state => state.Name())];

    private static readonly TimeSpan ShortestMute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestMute = TimeSpan.FromDays(7);
    private static readonly string[] MuteNames = ["for", "reason"];

    public static readonly TextRule For = new(
        $"must be {SettingValues.DurationWords(ShortestMute, LongestMute)}", text => SpanOf(text) is not null)
    {
        Shape = new TextShape(Least: 2, Most: 24),
    };

    public Task ListAsync(HttpContext context, string? state, string? cursor, string? limit) =>
        access.EnterAsync(context, isChange: false, _ =>
        {
            var errors = new FieldErrors();
            var standing = Enum.GetValues<AlertStanding>().Where(known => known.Name() == state)
                .Select(known => (AlertStanding?)known).FirstOrDefault();
            if (state is not null && standing is null)
            {
                errors.Add("state", $"must be one of: {string.Join(", ", States)}");
            }

            return Paging.ShowAsync(limit, errors, async size =>
            {
                var page = await alerts.ListAsync(standing, size, cursor, context.RequestAborted);
                await context.JsonAsync(
                    200,
                    new ListBody<AlertBody>([.. page.Items.Select(alert => alert.ToBody(settings, clock.Utc))], page.Next),
                    ApiJson.Default.AlertList);
            });
        });

    public Task MuteAsync(HttpContext context, string id) => ChangeAsync(context, id, async (alert, who) =>
    {
        var (mute, wrong) = await JsonBody.ReadAsync(context.Request, 0, (json, _, errors) => ReadMute(json, errors));
        if (mute is null)
        {
            return (null, wrong);
        }

        LogMuted(alert.Id, who, mute.Duration);
        return (await alerts.MuteAsync(alert, mute.Duration, mute.Reason, who, context.RequestAborted), null);
    });

    public Task UnmuteAsync(HttpContext context, string id) => ChangeAsync(context, id, async (alert, who) =>
    {
        LogUnmuted(alert.Id, who);
        return (await alerts.UnmuteAsync(alert, who, context.RequestAborted), null);
    });

    private Task ChangeAsync(
        HttpContext context, string id, Func<Alert, string, Task<(Alert? Changed, Refusal? Refusal)>> change) =>
        access.EnterAsync(context, isChange: true, async who =>
        {
            if (await alerts.FindAsync(id, context.RequestAborted) is not { } alert)
            {
                return Refusals.NoSuch("alert", id);
            }

            if (alert.ResolvedAt is not null)
            {
                return new Refusal(409, "alert_resolved", "The alert is over");
            }

            var (changed, refusal) = await change(alert, who.Name);
            if (changed is not null)
            {
                await context.JsonAsync(200, changed.ToBody(settings, clock.Utc), ApiJson.Default.AlertBody);
            }

            return refusal;
        });

    private static WantedMute? ReadMute(JsonElement json, FieldErrors errors)
    {
        var fields = new ObjectFields(json, "", MuteNames, errors);
        var duration = fields.Text("for", For, isRequired: true);
        var reason = fields.Text("reason", ProposalReader.Reason, isRequired: true);
        return errors.Any ? null : new WantedMute(SpanOf(duration!)!.Value, reason!);
    }

    private static TimeSpan? SpanOf(string text) =>
        SettingValues.Span(ShortestMute, LongestMute)(text, out var span) ? span : null;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Operator} muted {Alert} for {Duration}")]
    private partial void LogMuted(string alert, string @operator, TimeSpan duration);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Operator} unmuted {Alert}")]
    private partial void LogUnmuted(string alert, string @operator);

    private sealed record WantedMute(TimeSpan Duration, string Reason);
}
