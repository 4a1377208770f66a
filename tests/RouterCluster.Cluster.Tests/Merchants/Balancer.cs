using System.Collections.Concurrent;
using System.Diagnostics;
using RouterCluster.Cluster.Tests.Nodes;

namespace RouterCluster.Cluster.Tests.Merchants;

/// <summary>
/// A merchant behind a load balancer that gives requests to ready nodes in turn. Whoever gets no answer, 409 or 503 asks again
/// under the same number, as the contract says.
/// </summary>
internal sealed class Balancer : IAsyncDisposable
{
    // As in the shipped configuration of HAProxy: twice in a row unready is out, once ready is in.
    private const int FallsAfter = 2;
    private const int MostOpen = 100;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LookLimit = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new() { Timeout = LookLimit };
    private readonly ConcurrentDictionary<string, Backend> _backends = new();
    private readonly Func<IReadOnlyList<Node>> _nodes;
    private readonly Task _looking;
    private int _turn;
    private int _open;

    public Balancer(Func<IReadOnlyList<Node>> nodes)
    {
        _nodes = nodes;
        _looking = Task.Run(LookAsync);
    }

    /// <summary>Pays at a steady pace until told to stop; then asks until every payment is acknowledged.</summary>
    public async Task<Attendance> PayAsync(string prefix, int perSecond, Statement statement, Task until)
    {
        var watch = Stopwatch.StartNew();
        var attendance = new Attendance();
        await OpenLoop.RunAsync(watch, perSecond, _ => until.IsCompleted, async due =>
        {
            if (_open >= MostOpen)
            {
                // Merchants do not begin more and more while nothing ends.
                attendance.Add(due, isSoon: false);
                return;
            }

            var orderNo = $"{prefix}-{due.TotalMilliseconds:0}";
            var endedAt = await PayOneAsync(orderNo, watch, statement);
            attendance.Add(due, endedAt is { } ended && ended - due <= Soon);
        });
        return attendance;
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

    /// <returns>When the payment's end was told with its first acknowledgement; null: it had not ended then.</returns>
    private async Task<TimeSpan?> PayOneAsync(string orderNo, Stopwatch watch, Statement statement)
    {
        statement.Asked(orderNo);
        Interlocked.Increment(ref _open);
        try
        {
            return await AskUntilAcknowledgedAsync(orderNo, watch, statement);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task<TimeSpan?> AskUntilAcknowledgedAsync(string orderNo, Stopwatch watch, Statement statement)
    {
        var pause = ShortPause;
        while (!_stop.IsCancellationRequested)
        {
            if (Next() is { } backend)
            {
                var reply = await backend.Shop.PayAsync(orderNo, wait: (int)Soon.TotalSeconds);
                statement.Told(orderNo, reply);
                if (reply.IsAcknowledged)
                {
                    return reply.Payment!.HasEnded ? watch.Elapsed : null;
                }
            }

            await Task.Delay(pause);
            pause = pause * 2 < LongPause ? pause * 2 : LongPause;
        }

        return null;
    }

    private Backend? Next()
    {
        var ready = _backends.Values.Where(backend => backend.IsReady).ToList();
        return ready.Count == 0 ? null : ready[(int)((uint)Interlocked.Increment(ref _turn) % ready.Count)];
    }

    private async Task LookAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var nodes = _nodes();
            await Task.WhenAll(nodes.Select(node => LookAtAsync(
                _backends.GetOrAdd(node.Url, url => new Backend(new Merchant(url, NodePlan.MerchantKey, Patience))), node.Url)));
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

/// <summary>How many payments ended soon.</summary>
internal sealed class Attendance
{
    private readonly ConcurrentBag<(TimeSpan Due, bool IsSoon)> _payments = [];

    public int All => _payments.Count;

    public int Late => _payments.Count(payment => !payment.IsSoon);

    public void Add(TimeSpan due, bool isSoon) => _payments.Add((due, isSoon));
}
