using RouterCluster.Domain.Counters;
using RouterCluster.Node.Platform.Telemetry;
using StackExchange.Redis;

namespace RouterCluster.Node.Counters;

/// <summary>
/// Writes to Redis every second what was counted. Best effort: a fault is shown and the batch tried again, and nothing
/// that a payment needs waits for it.
/// </summary>
internal sealed class CounterWriter(
    LiveCounters counters, RedisCounters redis, RedisSettings settings, Troubles troubles, IHostApplicationLifetime lifetime,
    TimeProvider clock, ILogger<CounterWriter> log)
    : BackgroundService
{
    /// <summary>Known as degraded in <see cref="Troubles"/>.</summary>
    public const string Subject = "counters in Redis";

    /// <summary>More in one transaction would keep Redis' other users waiting.</summary>
    private const int BatchSize = 5000;

    private readonly Queue<CounterIncrement[]> _unwritten = new();
    private volatile bool _isStarted;

    /// <summary>What the subscribers had heard at the stop is still written, if Redis answers in time.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_isStarted)
        {
            await TryWriteAsync();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // An embedded server takes its time to start, which payments need not wait for.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        _isStarted = true;
        using var timer = new PeriodicTimer(settings.WriteEvery, clock);
        do
        {
            await TryWriteAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryWriteAsync()
    {
        try
        {
            await WriteAsync();
            if (troubles.End(Subject))
            {
                log.LogInformation("Redis takes counters again; lost since the start: {Count}", counters.Lost);
            }
        }
        catch (Exception fault)
        {
            // Any fault of a server or of its client: a node that takes payments must not end by it.
            var why = WhyOf(fault);
            if (troubles.Begin(Subject, why))
            {
                log.LogWarning("Redis takes no counters, payments go on: {Why}", why);
            }
        }
    }

    private async Task WriteAsync()
    {
        if (_unwritten.Count == 0)
        {
            foreach (var batch in counters.Take().Chunk(BatchSize))
            {
                _unwritten.Enqueue(batch);
            }
        }

        if (_unwritten.Count == 0)
        {
            _unwritten.Enqueue([]);
        }

        while (_unwritten.TryPeek(out var batch))
        {
            await redis.WriteAsync(batch);
            _unwritten.Dequeue();
        }
    }

    /// <summary>The messages of connection faults are long, and different each time.</summary>
    private string WhyOf(Exception fault) => fault switch
    {
        RedisConnectionException connection => $"no connection ({connection.FailureType})",
        TimeoutException => $"no answer within {settings.Timeout.TotalSeconds} s",
        _ => $"{fault.GetType().Name}: {fault.Message}",
    };
}
