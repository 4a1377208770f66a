using RouterCluster.Node.Platform.Health;

namespace RouterCluster.Node.Health;

/// <summary>Asks in the background which books answer and which channels have an owner; remembers the answer.</summary>
internal sealed class BooksAndChannelsCheck(
    Func<CancellationToken, Task<NodeStanding>> ask, TimeProvider clock)
    : BackgroundService, IReadinessCheck
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile NodeStanding? _standing;

    /// <summary>Ends when the node is open for the first time.</summary>
    public Task Opened => _opened.Task;

    public string? Problem() => ProblemOf(_standing);

    public IEnumerable<(string Kind, int Count)> NotReady(string name)
    {
        var standing = _standing;
        return [("node", standing is { IsUp: true } ? 0 : 1), ("books", standing?.Books.Count ?? 0),
            ("channels", standing?.Channels.Count ?? 0)];
    }

    /// <summary>Names what does not answer, as far as a line goes.</summary>
    internal static string? ProblemOf(NodeStanding? standing) => standing switch
    {
        null => "no book and no channel has answered yet",
        { IsOpen: true } => null,
        { IsUp: false } => "the node is not up in its cluster",
        _ => string.Join("; ", new[] { Silent("book", standing.Books), Silent("channel", standing.Channels) }.OfType<string>()),
    };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            limit.CancelAfter(Patience);
            var standing = await ask(limit.Token);
            _standing = standing;
            if (standing.IsOpen)
            {
                _opened.TrySetResult();
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static string? Silent(string kind, IReadOnlyList<SilentPart> parts)
    {
        if (parts.Count == 0)
        {
            return null;
        }

        var why = parts.Select(part => part.Why).OfType<string>().FirstOrDefault();
        var names = string.Join(", ", parts.Select(part => part.Name));
        var verb = parts.Count == 1 ? $"{kind} {names} does not answer" : $"{kind}s {names} do not answer";
        return why is null ? verb : $"{verb}: {why}";
    }
}
