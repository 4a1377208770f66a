namespace RouterCluster.Node.Platform.Settings;

/// <summary>A value that is used but never printed.</summary>
public sealed record Secret(string Value)
{
    public override string ToString() => "(secret)";
}
