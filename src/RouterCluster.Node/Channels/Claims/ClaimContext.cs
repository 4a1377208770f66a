using RouterCluster.Domain.Channels;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Channels.Claims;

/// <param name="Lease">After this time an owner that has not seen its claim stops sending.</param>
/// <param name="Machine">Leaps of the wall clock included: a machine that stood still must notice.</param>
public sealed record ClaimContext(
    IChannelClaims Claims, INodeLeases Leases, LocalCalls Calls, TimeSpan Lease, RouterClock Machine);

internal static class ClaimClock
{
    public static ClaimTime ForClaims(this RouterClock machine)
    {
        var now = machine.Now;
        return new ClaimTime(now.Utc, now.Monotonic);
    }
}
