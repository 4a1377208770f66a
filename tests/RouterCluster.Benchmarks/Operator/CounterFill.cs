using RouterCluster.Node.Counters;
using RouterCluster.Node.Settings;

namespace RouterCluster.Benchmarks.Operator;

/// <summary>Counts the payments of the last day as a node does, as far as Redis would still have the counters.</summary>
internal sealed class CounterFill : IAsyncDisposable
{
    private const int BatchSize = 5_000;
    private static readonly TimeSpan Counted = TimeSpan.FromHours(26);

    private readonly LiveCounters _counters;
    private readonly EmbeddedRedis _unused;
    private readonly RedisCounters _redis;

    public CounterFill(RouterSettings settings)
    {
        _counters = new LiveCounters(settings.Redis with { Pending = int.MaxValue }, settings.Node, settings.Channels);
        _unused = new EmbeddedRedis(settings.Node);
        _redis = new RedisCounters(settings.Redis, settings.Node, _unused);
    }

    public async Task WriteAsync(IReadOnlyList<PastPayment> payments)
    {
        var now = DateTimeOffset.UtcNow;
        foreach (var change in payments.Where(past => past.Payment.CreatedAt > now - Counted).SelectMany(past => past.Changes))
        {
            _counters.Happened(change);
        }

        foreach (var batch in _counters.Take().Where(increment => increment.Period.ExpiresAt > now).Chunk(BatchSize))
        {
            await _redis.WriteAsync(batch);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        _unused.Dispose();
    }
}
