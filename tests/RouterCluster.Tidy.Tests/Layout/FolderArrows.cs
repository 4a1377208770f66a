using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterCluster.Tidy.Tests.Layout;

/// <summary>
/// Folders of one project know each other without circles. A folder is a project's child; of <c>Platform</c>, which holds
/// many, each child; and a feature's <c>Messages</c>, which others may see who do not see the feature. An arrow is a
/// <c>using</c>: unused ones fail the build, and namespaces follow the folders.
/// </summary>
public static class FolderArrows
{
    private const string Prefix = "RouterCluster.";
    private const string Platform = "Platform";
    private const string Messages = "Messages";

    /// <summary>Every arrow that is part of a circle, as "Project: From → To".</summary>
    public static IReadOnlyList<string> InCircles(IEnumerable<SourceFile> sources) =>
    [
        .. sources.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))
            .GroupBy(file => file.Project)
            .SelectMany(project => InCircles(project.Key, [.. project.SelectMany(Arrows).Distinct()]))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Files in folders that speak of a type from their project's top.</summary>
    public static IEnumerable<string> ToTheTop(IEnumerable<SourceFile> sources)
    {
        var atTop = sources.ToLookup(file => Folder(file.Path.Split('/')[1..^1]) is null);
        var top = atTop[true]
            .SelectMany(file => file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
            .Select(type => type.Identifier.Text)
            .ToHashSet();
        return
            from file in atTop[false]
            from name in file.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Select(name => name.Identifier.Text).Distinct()
            where top.Contains(name)
            select $"{file.Path} knows {name}";
    }

    private static IEnumerable<string> InCircles(string project, List<(string From, string To)> arrows)
    {
        var next = arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        return arrows.Where(arrow => Leads(next, arrow.To, arrow.From))
            .Select(arrow => $"{project[Prefix.Length..]}: {arrow.From} → {arrow.To}");
    }

    private static bool Leads(ILookup<string, string> next, string from, string to)
    {
        var seen = new HashSet<string> { from };
        var open = new Stack<string>(seen);
        while (open.TryPop(out var folder))
        {
            if (folder == to)
            {
                return true;
            }

            foreach (var further in next[folder].Where(seen.Add))
            {
                open.Push(further);
            }
        }

        return false;
    }

    private static IEnumerable<(string From, string To)> Arrows(SourceFile file)
    {
        if (Folder(file.Path.Split('/')[1..^1]) is not { } from)
        {
            return [];
        }

        return file.Syntax.DescendantNodes().OfType<UsingDirectiveSyntax>()
            .Select(directive => directive.NamespaceOrType.ToString())
            .Where(target => target.StartsWith($"{file.Project}.", StringComparison.Ordinal))
            .Select(target => Folder([file.Project, .. target[(file.Project.Length + 1)..].Split('.')]))
            .OfType<string>()
            .Where(to => to != from)
            .Select(to => (from, to));
    }

    /// <summary>Null at the top of a project: what starts it knows all folders, and none of them may know it.</summary>
    private static string? Folder(string[] path) => path switch
    {
        [_, Platform, var part, ..] => $"{Platform}/{part}",
        [_, var feature, Messages, ..] => $"{feature}/{Messages}",
        [_, var folder, ..] => folder,
        _ => null,
    };
}
