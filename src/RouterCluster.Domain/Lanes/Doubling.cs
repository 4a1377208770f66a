namespace RouterCluster.Domain.Lanes;

internal static class Doubling
{
    private const int MostDoublings = 16;

    public static TimeSpan Of(TimeSpan first, int times, TimeSpan longest)
    {
        var doubled = first * (1L << Math.Min(times, MostDoublings));
        return doubled < longest ? doubled : longest;
    }
}
