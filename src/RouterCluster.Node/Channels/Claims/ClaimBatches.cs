using System.Data.Common;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Channels.Claims;

/// <summary>
/// Writes of many channels in one transaction: a node that starts or stops with a thousand channels waits for a few commits.
/// </summary>
internal sealed class ClaimBatches(RouterDatabase database, TimeProvider clock, TimeSpan limit)
{
    private const int MostAtOnce = 500;

    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];
    private bool _isWriting;

    public async Task<T> WriteAsync<T>(string channel, Func<DbConnection, CancellationToken, Task<T>> work)
    {
        var waiting = new Waiting(channel, async (connection, cancellation) => await work(connection, cancellation));
        var mustBegin = false;
        lock (_lock)
        {
            _waiting.Add(waiting);
            (mustBegin, _isWriting) = (!_isWriting, true);
        }

        if (mustBegin)
        {
            _ = WriteAllAsync();
        }

        return (T)(await waiting.Done.Task)!;
    }

    private async Task WriteAllAsync()
    {
        while (TakeNext() is { Count: > 0 } batch)
        {
            try
            {
                using var time = new CancellationTokenSource(limit, clock);
                var results = await database.WriteAsync(connection => RunAsync(connection, batch, time.Token), time.Token);
                for (var place = 0; place < batch.Count; place++)
                {
                    batch[place].Done.SetResult(results[place]);
                }
            }
            catch (Exception fault)
            {
                batch.ForEach(waiting => waiting.Done.SetException(fault));
            }
        }
    }

    /// <summary>In one order on all nodes, so that no two of them wait for each other's rows.</summary>
    private List<Waiting> TakeNext()
    {
        lock (_lock)
        {
            var count = Math.Min(_waiting.Count, MostAtOnce);
            var batch = _waiting.GetRange(0, count);
            _waiting.RemoveRange(0, count);
            _isWriting = count > 0;
            return [.. batch.OrderBy(waiting => waiting.Channel, StringComparer.Ordinal)];
        }
    }

    private static async Task<object?[]> RunAsync(DbConnection connection, List<Waiting> batch, CancellationToken cancellation)
    {
        var results = new object?[batch.Count];
        for (var place = 0; place < batch.Count; place++)
        {
            results[place] = await batch[place].Work(connection, cancellation);
        }

        return results;
    }

    private sealed record Waiting(string Channel, Func<DbConnection, CancellationToken, Task<object?>> Work)
    {
        public TaskCompletionSource<object?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
