using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RouterCluster.Tidy.Tests;

/// <param name="Path">Relative to the repository, with forward slashes.</param>
public sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<SyntaxNode> _syntax = new(() =>
        CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot());

    public SyntaxNode Syntax => _syntax.Value;

    /// <summary>The name of the project's folder, such as <c>RouterCluster.Domain</c>.</summary>
    public string Project => Path.Split('/')[1];

    /// <summary>A violation as the tests print it: where, then what.</summary>
    public string At(SyntaxNodeOrToken place, string what) =>
        $"{Path}:{place.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1}: {what}";

    public string At(SyntaxTrivia place, string what) =>
        $"{Path}:{place.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {what}";
}
