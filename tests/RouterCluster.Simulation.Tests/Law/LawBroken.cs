namespace RouterCluster.Simulation.Tests.Law;

/// <summary>An input or an output that the law does not allow, the moment that it happens.</summary>
internal sealed class LawBroken(Clause clause, string? payment, string what)
    : Exception($"law {clause.Number()}: {clause}: {(payment is null ? what : $"{payment}: {what}")}")
{
    public string Law { get; } = $"law {clause.Number()}";

    public string? Payment => payment;
}
