using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterCluster.Tidy.Tests.Sizes;

/// <summary>The lines and files of each type, over all its partial declarations.</summary>
public static class TypeSizes
{
    public const int TypeLines = 400;
    public const int PartialFiles = 3;

    public static IEnumerable<string> Offences(IEnumerable<SourceFile> sources)
    {
        var parts = sources.SelectMany(file => file.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>()
            .Where(type => type.Parent is not TypeDeclarationSyntax)
            .Select(type => (Name: NameOf(type), file.Path, Lines: LinesOf(type))));
        foreach (var type in parts.GroupBy(part => part.Name).OrderBy(type => type.Key, StringComparer.Ordinal))
        {
            var (lines, files) = (type.Sum(part => part.Lines), type.Select(part => part.Path).Distinct().Count());
            if (lines > TypeLines)
            {
                yield return $"{type.Key}: {lines} lines";
            }

            if (files > PartialFiles)
            {
                yield return $"{type.Key}: {files} partial files";
            }
        }
    }

    private static string NameOf(TypeDeclarationSyntax type)
    {
        var space = type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault();
        return $"{space?.Name}.{type.Identifier.Text}`{type.TypeParameterList?.Parameters.Count ?? 0}";
    }

    private static int LinesOf(TypeDeclarationSyntax type)
    {
        var span = type.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
