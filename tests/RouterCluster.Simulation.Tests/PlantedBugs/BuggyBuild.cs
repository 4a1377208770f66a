using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RouterCluster.Simulation.Tests.PlantedBugs;

/// <summary>The domain with one bug and the simulated world, as an assembly in memory that can be dropped again.</summary>
internal sealed class BuggyBuild : IDisposable
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly string[] Sources =
    [
        "src/RouterCluster.Domain",
        "src/RouterCluster.Channels",
        "tests/RouterCluster.Simulation.Tests/World",
        "tests/RouterCluster.Simulation.Tests/Invariants",
        "tests/RouterCluster.Simulation.Tests/Law",
    ];

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.None);

    private static readonly Lazy<IReadOnlyDictionary<string, SyntaxTree>> Parsed = new(Parse);

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Framework = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => IsOfFramework(Path.GetFileName(path)))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))]);

    private readonly AssemblyLoadContext _context = new("planted bug", isCollectible: true);

    public BuggyBuild(PlantedBug bug)
    {
        var file = Path.Combine("src", bug.File);
        var buggy = Parsed.Value[file];
        var planted = CSharpSyntaxTree.ParseText(bug.Plant(buggy.ToString()), Parsing, file);
        var compilation = CSharpCompilation.Create(
            "PlantedBug", Parsed.Value.Values.Select(tree => tree == buggy ? planted : tree), Framework.Value,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            var errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5);
            throw new InvalidOperationException($"{bug.Name} does not compile:\n{string.Join('\n', errors)}");
        }

        image.Position = 0;
        Live = _context.LoadFromStream(image).GetType("RouterCluster.Simulation.Tests.World.SeedRun")!
            .GetMethod("Violation", BindingFlags.Public | BindingFlags.Static)!
            .CreateDelegate<Func<long, string?>>();
    }

    /// <summary>Lives one life; gives the violation, with its invariant first.</summary>
    public Func<long, string?> Live { get; }

    public void Dispose() => _context.Unload();

    private static bool IsOfFramework(string file) =>
        file.StartsWith("System.", StringComparison.Ordinal)
        || file is "mscorlib.dll" or "netstandard.dll" or "Microsoft.Win32.Primitives.dll";

    private static Dictionary<string, SyntaxTree> Parse()
    {
        var trees = new Dictionary<string, SyntaxTree>
        {
            [nameof(ImplicitUsings)] = CSharpSyntaxTree.ParseText(ImplicitUsings, Parsing),
        };
        foreach (var path in Sources.SelectMany(Files))
        {
            var name = Path.GetRelativePath(Repository.Root, path);
            trees[name] = CSharpSyntaxTree.ParseText(File.ReadAllText(path), Parsing, name);
        }

        return trees;
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(Repository.Root, path).Split('/', '\\').Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal);
}
