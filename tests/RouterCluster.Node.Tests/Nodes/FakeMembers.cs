using RouterCluster.Node.Health;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Tests.Nodes;

internal sealed class FakeMembers : IClusterMembers
{
    public List<(string Member, MemberChange Change)> Made { get; } = [];

    public Refusal? Refusal { get; set; }

    public Task<Refusal?> ChangeAsync(string member, MemberChange change, CancellationToken cancellation)
    {
        Made.Add((member, change));
        return Task.FromResult(Refusal);
    }
}
