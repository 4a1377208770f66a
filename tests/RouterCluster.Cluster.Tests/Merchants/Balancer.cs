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
    private const int MostOpen = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly ReadyNodes _ready;
    private int _open;

    public Balancer(Func<IReadOnlyList<Node>> nodes) => _ready = new ReadyNodes(nodes, Patience);

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
        await _ready.DisposeAsync();
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
            if (_ready.Next() is { } shop)
            {
                var reply = await shop.PayAsync(orderNo, wait: (int)Soon.TotalSeconds);
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
}

/// <summary>How many payments ended soon.</summary>
internal sealed class Attendance
{
    private readonly ConcurrentBag<(TimeSpan Due, bool IsSoon)> _payments = [];

    public int All => _payments.Count;

    public int Late => _payments.Count(payment => !payment.IsSoon);

    public void Add(TimeSpan due, bool isSoon) => _payments.Add((due, isSoon));
}
