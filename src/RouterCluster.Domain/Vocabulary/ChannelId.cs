namespace RouterCluster.Domain.Vocabulary;

/// <summary>A payment company's connection, as the configuration names it.</summary>
public readonly record struct ChannelId
{
    public ChannelId(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        Value = value;
    }

    public string Value { get; private init; }

    /// <summary>For stored data, all of which must be readable, and for names that are looked for only.</summary>
    public static ChannelId Unchecked(string value) => new() { Value = value };

    public override string ToString() => Value;
}

/// <summary>Whether real money moves. A sandbox key never reaches a live channel, nor the other way round.</summary>
public enum ChannelMode
{
    Sandbox = 1,
    Live = 2,
}
