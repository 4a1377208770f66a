using System.Collections.Concurrent;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>An active alert and one that is over.</summary>
internal sealed class FakeAlerts : IAlerts
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    public static readonly Alert Active = new(
        new AlertKey(AlertRule.ChannelOutage, new AlertSubject { Channel = new ChannelId("alpha") }), At, 1, 1, "it is down");

    public static readonly Alert Over = new(
        new AlertKey(AlertRule.ImpossibleState, AlertSubject.Installation), At, 2, 1, "2 cases")
    {
        ResolvedAt = At.AddMinutes(5),
    };

    public ConcurrentQueue<(AlertStanding? Standing, int Limit, string? Cursor)> Listed { get; } = new();

    public ConcurrentQueue<string> Done { get; } = new();

    public Task<AlertPage> ListAsync(AlertStanding? standing, int limit, string? cursor, CancellationToken cancellation)
    {
        Listed.Enqueue((standing, limit, cursor));
        return cursor == "rubbish"
            ? throw new FormatException()
            : Task.FromResult(new AlertPage(standing == AlertStanding.Resolved ? [Over] : [Active], "more"));
    }

    public Task<Alert?> FindAsync(string id, CancellationToken cancellation) =>
        Task.FromResult(new[] { Active, Over }.FirstOrDefault(alert => alert.Id == id));

    public Task<Alert> MuteAsync(Alert alert, TimeSpan duration, string reason, string by, CancellationToken cancellation)
    {
        Done.Enqueue($"mute {alert.Id} for {duration} by {by}: {reason}");
        return Task.FromResult(alert with { Mute = new AlertMute(DateTimeOffset.MaxValue.AddDays(-1), by, reason) });
    }

    public Task<Alert> UnmuteAsync(Alert alert, string by, CancellationToken cancellation)
    {
        Done.Enqueue($"unmute {alert.Id} by {by}");
        return Task.FromResult(alert);
    }
}
