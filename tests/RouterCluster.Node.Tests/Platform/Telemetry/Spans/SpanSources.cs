namespace RouterCluster.Node.Tests.Platform.Telemetry.Spans;

/// <summary>Spans go to whoever listens in the process: tests that make some and tests that listen take turns.</summary>
internal static class SpanSources
{
    public const string Name = "sources of spans";
}
