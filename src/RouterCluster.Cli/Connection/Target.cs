namespace RouterCluster.Cli.Connection;

/// <summary>Which node to ask, as whom, and whether its bodies are printed as they are.</summary>
internal sealed record Target(Uri Url, string? Token, bool Json);
