using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Configuration;

internal sealed class ConfigurationHistoryEndpoints(OperatorAccess access, IConfigurationHistory history)
{
    public Task ListAsync(HttpContext context, string? cursor, string? limit) =>
        access.EnterAsync(context, isChange: false, _ => Paging.ShowAsync(limit, async size =>
        {
            var before = cursor is null ? (long?)null : NumberOf(cursor) ?? throw new FormatException("No page ended with it.");
            var found = await history.ListAsync(before, size + 1, context.RequestAborted);
            var next = found.Count > size ? found[size - 1].Version.ToString(CultureInfo.InvariantCulture) : null;
            var page = new ListBody<ConfigurationVersionBody>([.. found.Take(size).Select(ToBody)], next);
            await context.JsonAsync(200, page, ApiJson.Default.ConfigurationVersionList);
        }));

    public Task GetAsync(HttpContext context, string version) =>
        access.EnterAsync(context, isChange: false, async _ =>
        {
            if (NumberOf(version) is not { } number
                || await history.FindAsync(number, context.RequestAborted) is not { } note)
            {
                return NoSuch(version);
            }

            var body = new ConfigurationDifferenceBody(
                note.Version, note.At, note.By, note.Reason, note.Version == history.InForce,
                [.. note.Changes.Select(what => new ConfigurationChangeBody(what))]);
            await context.JsonAsync(200, body, ApiJson.Default.ConfigurationDifferenceBody);
            return null;
        });

    public static long? NumberOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static Refusal NoSuch(string version) => Refusals.NoSuch("configuration", version);

    private ConfigurationVersionBody ToBody(ConfigurationNote note) => new(
        note.Version, note.At, note.By, note.Reason, note.Changes.Length, note.Version == history.InForce);
}
