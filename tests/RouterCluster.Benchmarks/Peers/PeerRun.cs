using RouterCluster.Benchmarks.Programs;

namespace RouterCluster.Benchmarks.Peers;

/// <param name="Load">In words.</param>
internal sealed record PeerResult(string Storage, string Peer, string Load, LoadFigures Figures);

/// <summary>Measures one peer at a time and prints each result beside the others' under the same load.</summary>
internal sealed class PeerRun(StorageUnderTest storage, PaymentCompany company)
{
    private readonly List<PeerResult> _results = [];

    public IReadOnlyList<PeerResult> Results => _results;

    public double CapacityOf(Peer peer) =>
        _results.Where(result => result.Peer == peer.Name).Max(result => result.Figures.PerSecond);

    public Task<LoadFigures> MeasureAsync(Peer peer, int connections, TimeSpan duration) => WithClientAsync(
        peer, connections, pay => LoadRun.MeasureAsync(
            connections, duration, Watched(peer), pay, () => storage.CountsWithAsync(peer.Program)));

    public Task<LoadFigures> MeasureOpenAsync(Peer peer, int connections, double perSecond, TimeSpan duration) => WithClientAsync(
        peer, connections, pay => LoadRun.MeasureOpenAsync(
            perSecond, duration, Watched(peer), pay, () => storage.CountsWithAsync(peer.Program)));

    public void Add(Peer peer, string load, LoadFigures figures)
    {
        var ratios = _results.Where(other => other.Load == load).Select(other => FormattableString.Invariant(
            $"{figures.PerSecond / other.Figures.PerSecond:N2} x {other.Peer}"));
        Console.WriteLine($"{storage.Name,-10} {peer.Name,-6} {load,-18} {figures}  {string.Join(", ", ratios)}");
        _results.Add(new PeerResult(storage.Name, peer.Name, load, figures));
    }

    private static async Task<LoadFigures> WithClientAsync(
        Peer peer, int connections, Func<Func<long, Task>, Task<LoadFigures>> measure)
    {
        using var http = peer.Client(connections);
        var run = $"{Guid.NewGuid():n}"[..8];
        return await measure(number => peer.PayAsync(http, $"{run}{number}"));
    }

    private Watched[] Watched(Peer peer) =>
    [
        new(peer.Name, peer.Program.ProcessId), .. storage.Processes, company.Watched, new("clients", Environment.ProcessId),
    ];
}
