using RouterCluster.Domain.Alerts;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Alerts;

public enum AlertStanding
{
    Active = 1,
    Muted = 2,
    Resolved = 3,
}

/// <summary>The stored alerts, the same on every node.</summary>
public interface IAlerts
{
    /// <summary>Newest first.</summary>
    /// <param name="standing">Null: all that are not resolved.</param>
    /// <exception cref="FormatException">No page ended with this cursor.</exception>
    Task<AlertPage> ListAsync(AlertStanding? standing, int limit, string? cursor, CancellationToken cancellation);

    Task<Alert?> FindAsync(string id, CancellationToken cancellation);

    Task<Alert> MuteAsync(Alert alert, TimeSpan duration, string reason, string by, CancellationToken cancellation);

    Task<Alert> UnmuteAsync(Alert alert, string by, CancellationToken cancellation);
}

internal sealed class StoredAlertList(AlertStore store, RouterClock clock) : IAlerts
{
    public Task<AlertPage> ListAsync(AlertStanding? standing, int limit, string? cursor, CancellationToken cancellation) =>
        store.ListAsync(standing, clock.Utc, limit, cursor, cancellation);

    public Task<Alert?> FindAsync(string id, CancellationToken cancellation) => store.FindAsync(id, cancellation);

    public Task<Alert> MuteAsync(
        Alert alert, TimeSpan duration, string reason, string by, CancellationToken cancellation) =>
        WriteAsync(alert, new AlertMute(clock.Utc + duration, by, reason), cancellation);

    public Task<Alert> UnmuteAsync(Alert alert, string by, CancellationToken cancellation) =>
        WriteAsync(alert, new AlertMute(DateTimeOffset.UnixEpoch, by, ""), cancellation);

    private async Task<Alert> WriteAsync(Alert alert, AlertMute mute, CancellationToken cancellation)
    {
        await store.MuteAsync(alert, mute, clock.Utc, cancellation).ConfigureAwait(false);
        return alert with { Mute = mute };
    }
}
