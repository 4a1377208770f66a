using System.Collections.Concurrent;
using RouterCluster.Node.Configuration;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>Changes one weight, unless the text speaks of an error; its newest version is the third.</summary>
internal sealed class FakeConfiguration : IConfigurationControl, IConfigurationHistory
{
    private const int Newest = 3;
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private static readonly ConfigurationNote[] Notes =
    [
        .. Enumerable.Range(1, Newest).Reverse().Select(version => new ConfigurationNote(
            version, At, "alice", "more money", ["channel alpha: weight 1 -> 2", "merchant mart: added"])),
    ];

    public ConcurrentQueue<RollbackRequest> AskedBack { get; } = new();

    public long InForce => Newest;

    public ConcurrentQueue<ConfigurationRequest> Asked { get; } = new();

    public bool IsContended { get; set; }

    public Task<ConfigurationOutcome?> ApplyAsync(ConfigurationRequest request, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        var isWrong = request.Text.Contains("wrong", StringComparison.Ordinal);
        return Task.FromResult<ConfigurationOutcome?>(IsContended ? null : new ConfigurationOutcome(
            isWrong || request.IsDryRun ? null : 7,
            ["channel alpha: weight 1 -> 2"],
            isWrong ? [("router.channels.alpha.weight", "wrong (line 1)", 1)] : []));
    }

    public Task<RollbackAnswer> RollBackAsync(RollbackRequest request, CancellationToken cancellation)
    {
        AskedBack.Enqueue(request);
        return Task.FromResult<RollbackAnswer>(request.To switch
        {
            > Newest => new RollbackAnswer.NoSuchVersion(Newest),
            0 => new RollbackAnswer.Done(new ConfigurationOutcome(null, [], [("router.channels", "at least one", null)])),
            _ when IsContended => new RollbackAnswer.Contended(),
            _ => new RollbackAnswer.Done(
                new ConfigurationOutcome(request.IsDryRun ? null : Newest + 1, ["channel alpha: weight 2 -> 1"], [])
                {
                    Kept = ["channel alpha: secret is not taken back (it was replaced since)"],
                }),
        });
    }

    public Task<IReadOnlyList<ConfigurationNote>> ListAsync(long? before, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<ConfigurationNote>>(
            [.. Notes.Where(note => note.Version < (before ?? long.MaxValue)).Take(limit)]);

    public Task<ConfigurationNote?> FindAsync(long version, CancellationToken cancellation) =>
        Task.FromResult(Notes.SingleOrDefault(note => note.Version == version));
}
