using System.Globalization;
using System.Text;

namespace RouterCluster.Cli.Tests.Replay;

/// <summary>Traces for tests: three channels that serve one segment, ten seconds a bucket.</summary>
internal static class Traces
{
    public const string Header =
        "bucket_start_s,bucket_len_s,segment,product,channel,eligible,arrivals,success_prob,customer_fail_prob,"
        + "latency_p50_ms,latency_p95_ms,late_frac,capacity,source_n";

    /// <summary>The best channel fails everything in the middle third.</summary>
    public static string Outage(int buckets, int arrivals)
    {
        var trace = new StringBuilder(Header).Append('\n');
        for (var bucket = 0; bucket < buckets; bucket++)
        {
            var isOut = bucket >= buckets / 3 && bucket < 2 * buckets / 3;
            foreach (var (channel, success) in new[] { ("alpha", isOut ? 0 : 0.98), ("bravo", 0.9), ("charlie", 0.85) })
            {
                trace.Append(CultureInfo.InvariantCulture,
                    $"{bucket * 10},10,ICBC,withhold,{channel},1,{arrivals},{success},0.02,400,1200,0.01,,{arrivals}\n");
            }
        }

        return trace.ToString();
    }

    /// <summary>A file of its own, gone when the test is over.</summary>
    public static TraceFixture File(string text) => new(text);
}

internal sealed class TraceFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trace");

    public TraceFixture(string text)
    {
        Path = InFolder("trace.csv");
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    public string InFolder(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
