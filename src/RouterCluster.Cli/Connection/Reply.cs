namespace RouterCluster.Cli.Connection;

internal abstract record Reply;

internal sealed record Answer(int Status, string? ReasonPhrase, byte[] Body) : Reply
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>What a node says while it starts, stops or is full: asked later, it may answer otherwise.</summary>
    public bool MayPass => Status >= 500;
}

/// <summary>No answer came, for a reason in one line.</summary>
internal sealed record Unreachable(string Why) : Reply;
