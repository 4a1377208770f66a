using RouterCluster.Actors;
using RouterCluster.Host.Probes;

namespace RouterCluster.Host.Node;

/// <summary>Asks in the background whether every book answers and every channel has an owner; remembers the answer.</summary>
internal sealed class BooksAndChannelsCheck(RouterNode node) : BackgroundService, IReadinessCheck
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isOpen;

    public string Name => "books_and_channels";

    /// <summary>Ends when the node is open for the first time.</summary>
    public Task Opened => _opened.Task;

    public string? Problem() => _isOpen ? null : "not every book and channel answers";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            limit.CancelAfter(Patience);
            _isOpen = await node.IsOpenAsync(limit.Token);
            if (_isOpen)
            {
                _opened.TrySetResult();
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
