using System.Globalization;

namespace RouterCluster.Benchmarks;

/// <summary>Processor time as Linux counts it, also of processes that are not ours.</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100;

    // Positions in /proc/PID/stat after the program's name in brackets; user and system time, own and of children reaped.
    private const int Parent = 1;
    private const int FirstTime = 11;
    private const int Times = 4;

    /// <summary>Of a process and its children, running or gone; of this process alone, whose children are measured too.</summary>
    public static TimeSpan Of(int processId)
    {
        if (processId == Environment.ProcessId)
        {
            return Environment.CpuUsage.TotalTime;
        }

        var children = File.ReadAllText($"/proc/{processId}/task/{processId}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture));
        var ticks = children.Append(processId).Sum(one => Stat(one).Skip(FirstTime).Take(Times).Sum());
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    public static int ParentOf(int processId) => (int)Stat(processId).ElementAt(Parent);

    /// <summary>The numbers that follow the state; none if the process has ended since it was listed.</summary>
    private static IEnumerable<long> Stat(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return [.. fields.Select(field => long.TryParse(field, out var number) ? number : 0)];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
