using RouterCluster.Domain.Checks;

namespace RouterCluster.Node.Checks;

/// <summary>The figures that checks look at, as this node knows them.</summary>
internal interface ICheckFigures
{
    /// <summary>A part that does not answer is a figure, never an exception.</summary>
    Task<(string Node, CheckFigures Figures)> ReadAsync(CancellationToken cancellation);
}
