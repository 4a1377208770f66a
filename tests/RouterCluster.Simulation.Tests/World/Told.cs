using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>How calls end.</summary>
internal static class Told
{
    public static readonly Outcome Success = new(OutcomeClass.Success, Landing.Landed, "00", null, "ch-1");
    public static readonly Outcome Processing = new(OutcomeClass.Processing, Landing.Landed, "05");
    public static readonly Outcome NoFunds = new(OutcomeClass.CustomerFunds, Landing.Landed, "51");
    public static readonly Outcome Maintenance = new(OutcomeClass.ChannelMaintenance, Landing.NotLanded, "39");
    public static readonly Outcome TooFast = new(OutcomeClass.ChannelThrottled, Landing.NotLanded, "TOO_FAST");
    public static readonly Outcome QueryTooFast = new(OutcomeClass.ChannelThrottled, Landing.Maybe, "TOO_FAST");
    public static readonly Outcome NotFound = new(OutcomeClass.NotFound, Landing.Maybe, "34");
    public static readonly Outcome Garbled = Outcome.Unknown("bad_signature");
    public static readonly Outcome TimedOut = Outcome.Unknown("timeout");
    public static readonly Outcome NotConnected = Outcome.NotSent(OutcomeClass.ChannelUnreachable, "not_connected");
    public static readonly Outcome TooLateToSend = Outcome.NotSent(OutcomeClass.ChannelUnreachable, SubmitCall.Forbidden);
}
