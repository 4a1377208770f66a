namespace RouterCluster.Cluster.Tests.Storage;

/// <summary>A small file system of one's own needs root.</summary>
public sealed class FullDiskFactAttribute : FactAttribute
{
    public FullDiskFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Skip = "Only root may mount the small file system that this test fills.";
        }
    }
}
