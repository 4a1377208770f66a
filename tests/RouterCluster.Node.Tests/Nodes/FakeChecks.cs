using RouterCluster.Domain.Checks;
using RouterCluster.Node.Checks;

namespace RouterCluster.Node.Tests.Nodes;

internal sealed class FakeChecks : ICheckFigures
{
    public CheckFigures Figures { get; set; } = new(
        DateTimeOffset.UnixEpoch, new StorageFigures(TimeSpan.FromMilliseconds(3), null), new CounterFigures(null, 0, 0));

    public Task<(string Node, CheckFigures Figures)> ReadAsync(CancellationToken cancellation) =>
        Task.FromResult(("akka://router@here", Figures));
}
