using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RouterCluster.Simulation.Tests.Builds;

namespace RouterCluster.Simulation.Tests.PlantedBugs;

/// <summary>The domain with one bug and the simulated world, as an assembly in memory that can be dropped again.</summary>
internal sealed class BuggyBuild : IDisposable
{
    private static readonly string[] Sources =
    [
        "src/RouterCluster.Domain",
        "src/RouterCluster.Channels",
        "tests/RouterCluster.Simulation.Tests/World",
        "tests/RouterCluster.Simulation.Tests/Invariants",
        "tests/RouterCluster.Simulation.Tests/Law",
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, SyntaxTree>> Parsed = new(() => SourceTrees.Parse(Sources));

    private readonly AssemblyLoadContext _context = new("planted bug", isCollectible: true);

    public BuggyBuild(PlantedBug bug)
    {
        var file = Path.Combine("src", bug.File);
        var buggy = Parsed.Value[file];
        var planted = CSharpSyntaxTree.ParseText(bug.Plant(buggy.ToString()), SourceTrees.Parsing, file);
        var compilation = CSharpCompilation.Create(
            "PlantedBug", Parsed.Value.Values.Select(tree => tree == buggy ? planted : tree), SourceTrees.Framework.Value,
            SourceTrees.Library);
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
}
