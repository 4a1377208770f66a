using RouterCluster.Cluster.Tests.Nodes;

namespace RouterCluster.Cluster.Tests.Merchants;

/// <summary>
/// Sends payments to nodes in turn, as a load balancer does that asks each node every half second whether it is ready: two
/// answers of "no" take a node out, one of "yes" takes it back.
/// </summary>
internal sealed class ReadyNodes : IAsyncDisposable
{
    private const int Fall = 2;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private readonly IReadOnlyList<Node> _nodes;
    private readonly int[] _misses;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _checks;
    private int _last;

    public ReadyNodes(IReadOnlyList<Node> nodes)
    {
        _nodes = nodes;
        _misses = [.. nodes.Select(_ => Fall)];
        _checks = [.. Enumerable.Range(0, nodes.Count).Select(index => Task.Run(() => CheckAsync(index)))];
    }

    public Task<Reply> PayAsync(string orderNo, string bank, int wait) =>
        Next() is { } node ? node.Shop.PayAsync(orderNo, bank, wait: wait) : Task.FromResult(Reply.None);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_checks);
        _stop.Dispose();
    }

    private Node? Next()
    {
        for (var step = 0; step < _nodes.Count; step++)
        {
            var index = (int)((uint)Interlocked.Increment(ref _last) % (uint)_nodes.Count);
            if (Volatile.Read(ref _misses[index]) < Fall)
            {
                return _nodes[index];
            }
        }

        return null;
    }

    private async Task CheckAsync(int index)
    {
        while (!_stop.IsCancellationRequested)
        {
            var isReady = !_nodes[index].Process.HasExited && await _nodes[index].IsReadyAsync();
            Volatile.Write(ref _misses[index], isReady ? 0 : _misses[index] + 1);
            await Task.Delay(Every, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
