using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterCluster.Tidy.Tests.Names;

/// <summary>Names that say nothing, and habits that hide unfinished work.</summary>
public static partial class Habits
{
    private static readonly string[] Suffixes = ["Manager", "Processor", "Service", "Helper", "Helpers", "Utils"];

    private static readonly string[] Folders = ["Models", "Helpers", "Utils", "Common"];

    public static IEnumerable<string> Violations(SourceFile file) =>
        FolderNames(file).Concat(TypeNames(file)).Concat(Trivia(file)).Concat(Tests(file)).Concat(OwnMembersThroughThis(file))
            .Concat(NestedChoices(file));

    private static IEnumerable<string> FolderNames(SourceFile file) =>
        from folder in file.Path.Split('/')[..^1]
        where Folders.Contains(folder)
        select $"{file.Path}: the folder {folder} is a kind; folders are features";

    private static IEnumerable<string> TypeNames(SourceFile file)
    {
        foreach (var node in file.Syntax.DescendantNodes())
        {
            var name = node switch
            {
                BaseTypeDeclarationSyntax type => type.Identifier.Text,
                DelegateDeclarationSyntax type => type.Identifier.Text,
                _ => "",
            };
            if (Suffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal)))
            {
                yield return file.At(node, $"the name {name} does not say what it does");
            }
        }
    }

    private static IEnumerable<string> Trivia(SourceFile file)
    {
        foreach (var trivia in file.Syntax.DescendantTrivia(descendIntoTrivia: true))
        {
            if (trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
            {
                yield return file.At(trivia, "a region; make it a type or a file");
            }

            var isLine = trivia.IsKind(SyntaxKind.SingleLineCommentTrivia);
            if (!isLine && !trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
            {
                continue;
            }

            var text = trivia.ToString();
            if (Mark().IsMatch(text))
            {
                yield return file.At(trivia, "unfinished work; finish it or open an issue");
            }

            if (isLine && Code().IsMatch(text))
            {
                yield return file.At(trivia, "code in a comment; the history keeps it");
            }
        }
    }

    private static IEnumerable<string> Tests(SourceFile file)
    {
        if (!file.Path.StartsWith("tests/", StringComparison.Ordinal))
        {
            yield break;
        }

        foreach (var argument in file.Syntax.DescendantNodes().OfType<AttributeArgumentSyntax>())
        {
            if (argument.NameEquals?.Name.Identifier.Text is "Skip")
            {
                yield return file.At(argument, "a skipped test; mend it or delete it");
            }
        }

        foreach (var access in file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
        {
            if (access.ToString() is "Thread.Sleep" or "System.Threading.Thread.Sleep")
            {
                yield return file.At(access, "a test that sleeps; wait for what it waits for");
            }
        }
    }

    // Extension methods on `this` need the word, own members do not.
    private static IEnumerable<string> OwnMembersThroughThis(SourceFile file)
    {
        foreach (var type in file.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>())
        {
            var members = type.Members.SelectMany(NamesOf).ToHashSet();
            foreach (var access in type.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
            {
                if (access.Expression is ThisExpressionSyntax && members.Contains(access.Name.Identifier.Text))
                {
                    yield return file.At(access, $"{access}: no this.");
                }
            }
        }
    }

    private static IEnumerable<string> NestedChoices(SourceFile file)
    {
        if (!file.Path.StartsWith("src/", StringComparison.Ordinal))
        {
            yield break;
        }

        foreach (var choice in file.Syntax.DescendantNodes().OfType<ConditionalExpressionSyntax>())
        {
            if (IsChoice(choice.WhenTrue) || IsChoice(choice.WhenFalse))
            {
                yield return file.At(choice, "a choice within a choice; guard with returns, or switch");
            }
        }
    }

    private static bool IsChoice(ExpressionSyntax arm) => arm switch
    {
        ParenthesizedExpressionSyntax inner => IsChoice(inner.Expression),
        _ => arm is ConditionalExpressionSyntax,
    };

    private static IEnumerable<string> NamesOf(MemberDeclarationSyntax member) => member switch
    {
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.Text),
        PropertyDeclarationSyntax property => [property.Identifier.Text],
        MethodDeclarationSyntax method => [method.Identifier.Text],
        _ => [],
    };

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Mark();

    // A statement, or a lone brace: prose seldom ends in `);` or `= x;`.
    [GeneratedRegex(
        @"^//\s*(([\w.<>\[\]?]+\s+)?[\w.\[\]]+\s*[-+*/|&?]*=[^=].*;"
        + @"|(await |return |throw |var )?[\w.<>]+\(.*\);"
        + @"|(return|throw|break|continue)\b[^,]*;"
        + @"|[{}]+)\s*$")]
    private static partial Regex Code();
}
