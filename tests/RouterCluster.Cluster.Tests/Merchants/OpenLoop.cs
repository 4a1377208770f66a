using System.Diagnostics;

namespace RouterCluster.Cluster.Tests.Merchants;

/// <summary>Starts payments at a steady pace, whatever becomes of those before them.</summary>
internal static class OpenLoop
{
    /// <param name="pay">Given the moment at which the payment was due.</param>
    public static async Task RunAsync(Stopwatch watch, int perSecond, Func<TimeSpan, bool> isOver, Func<TimeSpan, Task> pay)
    {
        var running = new List<Task>();
        for (var count = 0; ; count++)
        {
            var due = TimeSpan.FromSeconds((double)count / perSecond);
            if (isOver(due))
            {
                break;
            }

            var early = due - watch.Elapsed;
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early);
            }

            running.Add(pay(due));
        }

        await Task.WhenAll(running);
    }
}
