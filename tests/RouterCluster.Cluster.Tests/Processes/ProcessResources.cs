using System.Globalization;

namespace RouterCluster.Cluster.Tests.Processes;

internal readonly record struct ProcessResources(int Threads, int ResidentMegabytes)
{
    public static ProcessResources Of(int process)
    {
        var status = File.ReadLines($"/proc/{process}/status")
            .Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim());
        var threads = int.Parse(status["Threads"], CultureInfo.InvariantCulture);
        var kilobytes = int.Parse(status["VmRSS"].Split(' ')[0], CultureInfo.InvariantCulture);
        return new ProcessResources(threads, kilobytes / 1024);
    }

    public override string ToString() => $"{Threads} threads, {ResidentMegabytes} MB";
}
