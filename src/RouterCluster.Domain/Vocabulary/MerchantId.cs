namespace RouterCluster.Domain.Vocabulary;

/// <summary>A business line of the platform, as the configuration names it.</summary>
public readonly record struct MerchantId(string Value)
{
    public override string ToString() => Value;
}
