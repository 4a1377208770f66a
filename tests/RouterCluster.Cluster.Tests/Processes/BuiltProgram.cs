namespace RouterCluster.Cluster.Tests.Processes;

/// <summary>
/// The assemblies that the build has just made, in the same configuration as these tests. Started as such:
/// <c>dotnet run</c> would put a process in between, and a kill would hit only that one.
/// </summary>
internal static class BuiltProgram
{
    public static readonly string Root = FindRoot();

    public static readonly string Host = Find("RouterCluster.Host");

    public static readonly string Simulator = Find("RouterCluster.Simulator");

    private static string Find(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (own.Name, own.Parent!.Name);
        var built = Path.Combine(Root, "src", project, "bin", configuration, framework, $"{project}.dll");
        return File.Exists(built) ? built : throw new InvalidOperationException($"{built} has not been built.");
    }

    private static string FindRoot()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "RouterCluster.sln")))
        {
            root = root.Parent;
        }

        return root?.FullName ?? "";
    }
}
