using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterCluster.Tidy.Tests.Sizes;

/// <param name="What"><c>file</c>, <c>line</c> or <c>method</c> with its name.</param>
/// <param name="Measure">Lines of a file or method, columns of the longest line.</param>
public sealed record Offence(string Path, string What, int Measure);

public static class Limits
{
    public const int FileLines = 400;
    public const int MethodLines = 60;
    public const int Columns = 130;

    public static IEnumerable<Offence> Offences(SourceFile file)
    {
        var lines = file.Text.TrimEnd('\n').Split('\n');
        if (lines.Length > FileLines)
        {
            yield return new Offence(file.Path, "file", lines.Length);
        }

        if (lines.Max(line => line.TrimEnd('\r').Length) is var longest && longest > Columns)
        {
            yield return new Offence(file.Path, "line", longest);
        }

        foreach (var (name, length) in Methods(file.Syntax).Where(method => method.Lines > MethodLines))
        {
            yield return new Offence(file.Path, $"method {name}", length);
        }
    }

    /// <summary>
    /// Compares with the list of those that are let be. The list only shrinks: whoever mends one takes it off, and none may grow.
    /// </summary>
    public static IEnumerable<string> Compare(IReadOnlyCollection<Offence> found, IReadOnlyCollection<Offence> listed)
    {
        foreach (var offence in found)
        {
            var entry = listed.FirstOrDefault(entry => entry.Path == offence.Path && entry.What == offence.What);
            if (entry is null)
            {
                yield return $"{offence.Path}: {offence.What} has {offence.Measure}";
            }
            else if (offence.Measure > entry.Measure)
            {
                yield return $"{offence.Path}: {offence.What} grew from {entry.Measure} to {offence.Measure}";
            }
        }

        var still = found.Select(offence => (offence.Path, offence.What));
        foreach (var entry in listed.ExceptBy(still, entry => (entry.Path, entry.What)))
        {
            yield return $"{entry.Path}: {entry.What} offends no longer, take it off the list";
        }
    }

    private static IEnumerable<(string Name, int Lines)> Methods(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            (string Name, SyntaxToken Start)? method = node switch
            {
                MethodDeclarationSyntax declaration => (declaration.Identifier.Text, declaration.Identifier),
                ConstructorDeclarationSyntax declaration => (declaration.Identifier.Text, declaration.Identifier),
                LocalFunctionStatementSyntax declaration => (declaration.Identifier.Text, declaration.Identifier),
                OperatorDeclarationSyntax declaration => (declaration.OperatorToken.Text, declaration.OperatorToken),
                PropertyDeclarationSyntax declaration => (declaration.Identifier.Text, declaration.Identifier),
                IndexerDeclarationSyntax declaration => ("this[]", declaration.ThisKeyword),
                _ => null,
            };
            if (method is var (name, start))
            {
                // A property's initial value is data, not code.
                var end = node is PropertyDeclarationSyntax { AccessorList: { } accessors } ? accessors.Span.End : node.Span.End;
                yield return (name, Lines(root.SyntaxTree, start.SpanStart, end));
            }
        }

        var statements = root.ChildNodes().OfType<GlobalStatementSyntax>()
            .Where(statement => statement.Statement is not LocalFunctionStatementSyntax).ToList();
        if (statements.Count > 0)
        {
            yield return ("at the top level", Lines(root.SyntaxTree, statements[0].SpanStart, statements[^1].Span.End));
        }
    }

    private static int Lines(SyntaxTree tree, int start, int end)
    {
        var text = tree.GetText();
        return text.Lines.IndexOf(end) - text.Lines.IndexOf(start) + 1;
    }
}
