namespace RouterCluster.Domain.Vocabulary;

/// <summary>A payment company's connection, as the configuration names it.</summary>
public readonly record struct ChannelId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Whether real money moves. A sandbox key never reaches a live channel, nor the other way round.</summary>
public enum ChannelMode
{
    Sandbox = 1,
    Live = 2,
}
