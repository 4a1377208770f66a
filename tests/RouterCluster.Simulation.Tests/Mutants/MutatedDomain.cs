using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RouterCluster.Domain.Payments;
using RouterCluster.Simulation.Tests.Builds;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>The domain's sources, parsed once, and its assembly with one change.</summary>
internal sealed class MutatedDomain
{
    public static readonly string[] Folders = ["Payments", "Books", "Lanes", "Channels", "Cases", "Routing", "Outcomes"];

    private const string Project = "src/RouterCluster.Domain";

    private readonly Dictionary<string, SyntaxTree> _trees = SourceTrees.Parse([Project]);
    private readonly CSharpCompilation _right;

    public MutatedDomain()
    {
        // What refers to the domain asks for its version.
        var name = typeof(Payment).Assembly.GetName();
        var version = CSharpSyntaxTree.ParseText(
            $"[assembly: {typeof(AssemblyVersionAttribute).FullName}(\"{name.Version}\")]", SourceTrees.Parsing);
        _right = CSharpCompilation.Create(
            name.Name, [.. _trees.Values, version], SourceTrees.Framework.Value, SourceTrees.Library);
    }

    public IEnumerable<Mutant> Mutants(IEnumerable<string> folders) => folders.SelectMany(folder => _trees
        .Where(tree => tree.Key.StartsWith($"{Project}/{folder}/", StringComparison.Ordinal))
        .SelectMany(tree => Mutator.Mutants(tree.Value)));

    /// <summary>Null: the change does not compile.</summary>
    public byte[]? Image(Mutant mutant)
    {
        var changed = CSharpSyntaxTree.ParseText(mutant.Source, SourceTrees.Parsing, mutant.File);
        return Image(_right.ReplaceSyntaxTree(_trees[mutant.File], changed));
    }

    public byte[] ImageWithoutChange() => Image(_right) ?? throw new InvalidOperationException("The domain does not compile.");

    private static byte[]? Image(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        return compilation.Emit(image).Success ? image.ToArray() : null;
    }
}
