using RouterCluster.Domain.Routing;

namespace RouterCluster.Replay;

/// <summary>
/// A payment with its random numbers, drawn before any router chooses, so that routers differ by their choices only.
/// </summary>
internal readonly record struct Arrival(
    SegmentFlow Flow, double At, ulong Key, double CustomerLuck, double ChannelLuck, double Speed, double LateLuck,
    double Lateness)
{
    private const double FirstLate = 1;
    private const double LastLate = 30;
    private const double LongestSeconds = 3600;

    public static Arrival Draw(SegmentFlow flow, double at, ref DrawStream draws) => new(
        flow, at, (ulong)(draws.NextDouble() * ulong.MaxValue), draws.NextDouble(), draws.NextDouble(), draws.NextNormal(),
        draws.NextDouble(), FirstLate + ((LastLate - FirstLate) * draws.NextDouble()));

    public AttemptEnd EndAt(in TraceOption option)
    {
        if (CustomerLuck < option.CustomerFailure)
        {
            return AttemptEnd.CustomerFault;
        }

        return ChannelLuck < option.Success ? AttemptEnd.Succeeded : AttemptEnd.ChannelFault;
    }

    public double LatencyAt(in TraceOption option) => LateLuck < option.LateShare
        ? Lateness
        : Math.Min(LongestSeconds, option.MedianSeconds * Math.Exp(option.Spread * Speed));
}
