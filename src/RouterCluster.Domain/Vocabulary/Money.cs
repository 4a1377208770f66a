namespace RouterCluster.Domain.Vocabulary;

/// <summary>An amount in whole minor units (fen) of a currency (ISO 4217 letters).</summary>
public readonly record struct Money(long Minor, string Currency)
{
    public override string ToString() => $"{Minor} {Currency}";
}
