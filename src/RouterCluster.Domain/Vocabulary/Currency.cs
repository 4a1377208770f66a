namespace RouterCluster.Domain.Vocabulary;

/// <summary>The ISO 4217 letters of a currency that payments are made in.</summary>
public readonly record struct Currency
{
    public Currency(string value)
    {
        if (!CurrencyCodes.Exists(value))
        {
            throw new ArgumentException("No payments are made in this currency.", nameof(value));
        }

        Value = value;
    }

    public string Value { get; private init; }

    /// <summary>For stored data, all of which must be readable, and for channels' answers, which are compared only.</summary>
    public static Currency Unchecked(string value) => new() { Value = value };

    public override string ToString() => Value;
}
