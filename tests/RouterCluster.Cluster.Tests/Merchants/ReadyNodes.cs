using System.Collections.Concurrent;
using RouterCluster.Cluster.Tests.Nodes;

namespace RouterCluster.Cluster.Tests.Merchants;

/// <summary>
/// Gives requests to ready nodes in turn, as the shipped configuration of HAProxy does: each is asked every half second whether
/// it is ready; two answers of "no" take it out, one of "yes" takes it back.
/// </summary>
internal sealed class ReadyNodes : IAsyncDisposable
{
    private const int FallsAfter = 2;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LookLimit = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new() { Timeout = LookLimit };
    private readonly ConcurrentDictionary<string, Backend> _backends = new();
    private readonly Func<IReadOnlyList<Node>> _nodes;
    private readonly TimeSpan _patience;
    private readonly Task _looking;
    private int _turn;

    /// <param name="patience">For how long a request waits for its answer.</param>
    public ReadyNodes(Func<IReadOnlyList<Node>> nodes, TimeSpan patience)
    {
        (_nodes, _patience) = (nodes, patience);
        _looking = Task.Run(LookAsync);
    }

    /// <summary>Null: none is ready.</summary>
    public Merchant? Next()
    {
        var ready = _backends.Values.Where(backend => backend.IsReady).ToList();
        return ready.Count == 0 ? null : ready[(int)((uint)Interlocked.Increment(ref _turn) % ready.Count)].Shop;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _looking;
        _http.Dispose();
        foreach (var backend in _backends.Values)
        {
            backend.Shop.Dispose();
        }

        _stop.Dispose();
    }

    private async Task LookAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var nodes = _nodes();
            await Task.WhenAll(nodes.Select(node => LookAtAsync(
                _backends.GetOrAdd(node.Url, url => new Backend(new Merchant(url, NodePlan.MerchantKey, _patience))), node.Url)));
            await Task.WhenAny(Task.Delay(LookEvery), Task.Delay(Timeout.Infinite, _stop.Token));
        }
    }

    private async Task LookAtAsync(Backend backend, string url)
    {
        var isReady = false;
        try
        {
            using var answer = await _http.GetAsync($"{url}/health/ready");
            isReady = answer.IsSuccessStatusCode;
        }
        catch (Exception absent) when (absent is HttpRequestException or TaskCanceledException)
        {
            // The node does not answer.
        }

        backend.Failures = isReady ? 0 : backend.Failures + 1;
    }

    private sealed class Backend(Merchant shop)
    {
        private volatile int _failures = FallsAfter;

        public Merchant Shop => shop;

        public int Failures
        {
            get => _failures;
            set => _failures = value;
        }

        public bool IsReady => _failures < FallsAfter;
    }
}
