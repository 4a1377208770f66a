namespace RouterCluster.Cli.Connection;

internal sealed record Target(Uri Url, string? Token, bool Json)
{
    /// <summary>The name of the context that it comes from; null: it was given by its address.</summary>
    public string? Context { get; init; }

    /// <summary>Changes are asked about before they are made.</summary>
    public bool IsLive { get; init; }

    /// <summary>The user has agreed to every change beforehand.</summary>
    public bool IsAgreed { get; init; }
}
