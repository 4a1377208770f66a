using System.Data.Common;
using RouterCluster.Actors.Settings;
using RouterCluster.Actors.Storage;
using RouterCluster.Host.Probes;

namespace RouterCluster.Host.Node;

/// <summary>
/// Delays that evidence has to wait for trust in clocks that agree: a node whose clock is further off the database's than
/// router.max-clock-skew gets no traffic.
/// </summary>
internal sealed class ClockCheck(DatabaseClock clock, RouterSettings settings, TimeProvider time)
    : BackgroundService, IReadinessCheck
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private volatile string? _problem;

    public string Name => "clock";

    public string? Problem() => _problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            await CompareAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task CompareAsync(CancellationToken cancellation)
    {
        try
        {
            var distance = await clock.DistanceAsync(cancellation);
            _problem = distance > settings.MaxClockSkew
                ? FormattableString.Invariant($"this clock is {distance} off the database's, allowed is {settings.MaxClockSkew}")
                : null;
        }
        catch (DbException)
        {
            // What is known of the clocks stays true; that the storage is away shows elsewhere.
        }
    }
}
