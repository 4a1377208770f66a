namespace RouterCluster.Domain.Tests.Alerts;

/// <summary>What run.sh shows at its end, in <c>TestResults</c>.</summary>
internal static class Results
{
    public static void Write(string file, IEnumerable<string> lines)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "RouterCluster.sln")))
        {
            folder = folder.Parent;
        }

        var results = Directory.CreateDirectory(Path.Combine(folder.FullName, "TestResults"));
        File.WriteAllLines(Path.Combine(results.FullName, file), lines);
    }
}
