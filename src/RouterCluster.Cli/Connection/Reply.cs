namespace RouterCluster.Cli.Connection;

/// <summary>How a call ended: answered, or not.</summary>
internal abstract record Reply;

/// <summary>An answer with its body as it came.</summary>
internal sealed record Answer(int Status, string? ReasonPhrase, byte[] Body) : Reply
{
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>No answer; <paramref name="Why"/> is one line.</summary>
internal sealed record Unreachable(string Why) : Reply;
