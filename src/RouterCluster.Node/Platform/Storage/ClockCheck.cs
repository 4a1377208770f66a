using System.Data.Common;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// Compares the machine's clock with the database's every two seconds. While they disagree, or the wall clock disagrees
/// with the monotonic one, the node decides nothing, stores no time and gets no traffic.
/// </summary>
internal sealed class ClockCheck(DatabaseClock clock, SteadyTime time, ILogger<ClockCheck> log)
    : BackgroundService, IReadinessCheck
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly MachineSleep _sleep = new();
    private bool _wasWell = true;

    public string? Problem() => time.Problem;

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
        if (_sleep.Since(time.Machine.Monotonic) is { } slept && slept > TimeSpan.Zero)
        {
            time.Slept(slept);
        }

        try
        {
            time.Compare(await clock.CompareAsync(cancellation));
        }
        catch (DbException)
        {
            // The last comparison stays in force; readiness of storage is checked elsewhere.
        }

        Tell(time.Problem);
    }

    private void Tell(string? problem)
    {
        if (problem is not null && _wasWell)
        {
            log.LogError("The clock is not to be trusted: {Problem}", problem);
        }
        else if (problem is null && !_wasWell)
        {
            log.LogInformation("The clock is to be trusted again");
        }

        _wasWell = problem is null;
    }
}
