using RouterCluster.Cluster.Tests.Processes;

namespace RouterCluster.Cluster.Tests.Chaos;

/// <summary>Machines of one's own need root, and a kernel that lets it make networks.</summary>
public sealed class ThreeMachinesTheoryAttribute : TheoryAttribute
{
    public ThreeMachinesTheoryAttribute()
    {
        if (!MachineNetwork.IsPossible)
        {
            Skip = "Network namespaces cannot be made here.";
        }
    }
}
