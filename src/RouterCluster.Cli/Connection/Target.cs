namespace RouterCluster.Cli.Connection;

internal sealed record Target(Uri Url, string? Token, bool Json);
