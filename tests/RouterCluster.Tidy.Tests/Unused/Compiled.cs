using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RouterCluster.Tidy.Tests.Layout;

namespace RouterCluster.Tidy.Tests.Unused;

/// <summary>Sources as the compiler understands them: one compilation for each project, with those that it knows.</summary>
internal static class Compiled
{
    private const string Prefix = "RouterCluster.";

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    /// <summary>Without the analysis of nulls, which takes half the time and says nothing of uses.</summary>
    private static readonly CSharpCompilationOptions Options =
        new(OutputKind.ConsoleApplication, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Disable);

    /// <summary>The runtime, ASP.NET Core and every package of the node: the tests run with them.</summary>
    private static readonly MetadataReference[] Outside =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal)
                && Path.GetFileName(path) != "routerctl.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <param name="generated">What the build generates for a project, for the compiler to know; it uses nothing of ours.</param>
    public static IReadOnlyList<CSharpCompilation> Of(
        IEnumerable<SourceFile> sources, Func<string, IEnumerable<string>> generated)
    {
        var projects = sources.ToLookup(file => file.Project[Prefix.Length..], file => file.Syntax.SyntaxTree);
        var compiled = new Dictionary<string, CSharpCompilation>();
        foreach (var project in projects.OrderBy(project => Arrows.Known(project.Key).Distinct().Count()))
        {
            var known = Arrows.Known(project.Key).Distinct().Where(compiled.ContainsKey);
            compiled[project.Key] = CSharpCompilation.Create(
                $"{Prefix}{project.Key}",
                [.. project, .. generated(project.Key).Select(text => CSharpSyntaxTree.ParseText(text, Parsing))],
                [.. Outside, .. known.Select(name => compiled[name].ToMetadataReference())],
                Options);
        }

        return [.. compiled.Values];
    }

    /// <summary>Global usings and wire messages, as the build that runs these tests has left them.</summary>
    public static IEnumerable<string> GeneratedFor(string project)
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var folder = Path.Combine(Repository.Root, "src", Prefix + project, "obj", built.Parent!.Name, built.Name);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);
    }
}
