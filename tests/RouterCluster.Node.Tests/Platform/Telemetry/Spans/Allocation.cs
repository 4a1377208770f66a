namespace RouterCluster.Node.Tests.Platform.Telemetry.Spans;

internal static class Allocation
{
    /// <summary>
    /// Bytes that this thread allocates for so many rounds, after as many before: by then the code is compiled and its
    /// collections have grown.
    /// </summary>
    public static long Of(int rounds, Action work)
    {
        Run(rounds, work);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(rounds, work);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Run(int rounds, Action work)
    {
        for (var round = 0; round < rounds; round++)
        {
            work();
        }
    }
}
