namespace RouterCluster.Node.Console;

/// <param name="Streams">Open event streams; further ones are refused.</param>
public sealed record ConsoleSettings(int Streams);
