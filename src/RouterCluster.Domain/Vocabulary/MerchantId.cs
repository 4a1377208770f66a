namespace RouterCluster.Domain.Vocabulary;

/// <summary>A business line of the platform, as the configuration names it.</summary>
public readonly record struct MerchantId
{
    public MerchantId(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        Value = value;
    }

    public string Value { get; private init; }

    /// <summary>For stored data, all of which must be readable, and for names that are looked for only.</summary>
    public static MerchantId Unchecked(string value) => new() { Value = value };

    public override string ToString() => Value;
}
