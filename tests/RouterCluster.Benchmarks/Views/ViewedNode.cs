using RouterCluster.Benchmarks.Peers;
using RouterCluster.Benchmarks.Programs;

namespace RouterCluster.Benchmarks.Views;

/// <param name="has">What it shows of itself, in words.</param>
internal sealed class ViewedNode(string has, RouterUnderTest router) : IAsyncDisposable
{
    public RouterUnderTest Router => router;

    public List<LoadFigures> Figures { get; } = [];

    public async Task<LoadFigures> MeasureAsync(
        StorageUnderTest storage, PaymentCompany company, int connections, TimeSpan duration)
    {
        var figures = await new PeerRun(storage, company).MeasureAsync(Peer.Of(router), connections, duration);
        Console.WriteLine($"{storage.Name,-10} {has,-20} {figures}");
        return figures;
    }

    public void Compare(StorageUnderTest storage, ViewedNode without)
    {
        Console.WriteLine(
            $"{storage.Name,-10} {has} / nothing, median of {Figures.Count}: "
            + FormattableString.Invariant($"payments/s {Ratio(one => one.PerSecond):N3} x, ")
            + FormattableString.Invariant($"processor time of the node {Ratio(CostOf):N3} x, ")
            + FormattableString.Invariant($"bytes allocated {Ratio(one => one.Each.AllocatedBytes):N3} x"));

        double Ratio(Func<LoadFigures, double> what) => Median(Figures.Select(what)) / Median(without.Figures.Select(what));
    }

    public ValueTask DisposeAsync() => router.DisposeAsync();

    private static double CostOf(LoadFigures figures) => figures.Cores[0].Cores / figures.PerSecond;

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
    }
}
