using RouterCluster.Simulator.Channels;

namespace RouterCluster.Simulator.Behaviour;

internal static class Latency
{
    private const double NormalAtP99 = 2.3263478740408408;
    private const int LongestMs = 600_000;

    /// <summary>Lognormal: half of the draws are below the median, one in a hundred above the p99.</summary>
    public static int Milliseconds(ChannelSettings settings, Draws draws)
    {
        if (settings.LatencyMs == 0)
        {
            return 0;
        }

        var sigma = Math.Log((double)settings.LatencyP99Ms / settings.LatencyMs) / NormalAtP99;
        var drawn = settings.LatencyMs * Math.Exp(sigma * draws.NextNormal());
        return (int)Math.Min(Math.Round(drawn), LongestMs);
    }
}
