namespace RouterCluster.Node.Platform.Settings;

/// <summary>A value that is never printed.</summary>
public sealed record Secret(string Value)
{
    public override string ToString() => "(secret)";
}
