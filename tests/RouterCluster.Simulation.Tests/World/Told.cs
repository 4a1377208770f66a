using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>How calls end that no word of the company ends.</summary>
internal static class Told
{
    public static readonly Outcome TimedOut = Outcome.Unknown("timeout");
    public static readonly Outcome NotConnected = Outcome.NotSent(OutcomeClass.ChannelUnreachable, "not_connected");
    public static readonly Outcome TooLateToSend = Outcome.NotSent(OutcomeClass.ChannelUnreachable, SubmitCall.Forbidden);
    public static readonly Outcome NotAsked = Outcome.Unknown(SubmitCall.Forbidden);
}
