namespace RouterCluster.Domain.Vocabulary;

/// <summary>An amount in whole minor units (fen).</summary>
public readonly record struct Money(long Minor, Currency Currency)
{
    public override string ToString() => $"{Minor} {Currency}";
}
