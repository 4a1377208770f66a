namespace RouterCluster.Tidy.Tests;

public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>What people wrote under src and tests; nothing that a build generated.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } = ReadSources(Root);

    public static IReadOnlyList<SourceFile> ReadSources(string root) =>
        [.. Find(root, "*.cs").Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(root, path))))];

    public static IReadOnlyList<string> Projects(string root) => Find(root, "*.csproj");

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static List<string> Find(string root, string pattern) =>
    [
        .. new[] { "src", "tests" }
            .Select(folder => Path.Combine(root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(folder => folder is "bin" or "obj" or "data"))
            .Order(StringComparer.Ordinal),
    ];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RouterCluster.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
