using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RouterCluster.Simulation.Tests.Builds;

/// <summary>The repository's sources, parsed as the build parses them, for builds in memory.</summary>
internal static class SourceTrees
{
    public static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.None);

    public static readonly CSharpCompilationOptions Library = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
        nullableContextOptions: NullableContextOptions.Enable);

    public static readonly Lazy<IReadOnlyList<MetadataReference>> Framework = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => IsOfFramework(Path.GetFileName(path)))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))]);

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>All files of the folders, by their path in the repository.</summary>
    public static Dictionary<string, SyntaxTree> Parse(IEnumerable<string> folders)
    {
        var trees = new Dictionary<string, SyntaxTree>
        {
            [nameof(ImplicitUsings)] = CSharpSyntaxTree.ParseText(ImplicitUsings, Parsing),
        };
        foreach (var path in folders.SelectMany(Files))
        {
            var name = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
            trees[name] = CSharpSyntaxTree.ParseText(File.ReadAllText(path), Parsing, name);
        }

        return trees;
    }

    private static bool IsOfFramework(string file) =>
        file.StartsWith("System.", StringComparison.Ordinal)
        || file is "mscorlib.dll" or "netstandard.dll" or "Microsoft.Win32.Primitives.dll";

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(Repository.Root, path).Split('/', '\\').Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal);
}
