using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterCluster.Tidy.Tests.Layout;

/// <summary>Which project may know which: those below, and through them what they know.</summary>
public static class Arrows
{
    private const string Prefix = "RouterCluster.";

    private static readonly Dictionary<string, string[]> Drawn = new()
    {
        ["Domain"] = [],
        ["Api"] = [],
        ["Simulator"] = [],
        ["Channels"] = ["Domain"],
        ["Replay"] = ["Domain"],
        ["Node"] = ["Api", "Domain", "Replay"],
        ["Host"] = ["Channels", "Node", "Simulator"],
        ["Cli"] = ["Api", "Replay"],
    };

    private static readonly string[] WithoutPackages = ["Domain", "Api"];

    private static readonly string[] Outside = ["PackageReference", "FrameworkReference", "Reference"];

    public static IEnumerable<string> InProjects(string root)
    {
        foreach (var path in Repository.Projects(root).Where(path => path.StartsWith("src/", StringComparison.Ordinal)))
        {
            var name = Short(Path.GetFileNameWithoutExtension(path));
            if (!Drawn.TryGetValue(name, out var drawn))
            {
                yield return $"{path}: no arrows are drawn for this project";
                continue;
            }

            var project = XDocument.Load(Path.Combine(root, path));
            var references = project.Descendants("ProjectReference")
                .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
                .Select(reference => Short(Path.GetFileNameWithoutExtension(reference)))
                .ToList();
            foreach (var reference in references.Except(drawn))
            {
                yield return $"{path}: {name} → {reference} is not drawn";
            }

            foreach (var missing in drawn.Except(references))
            {
                yield return $"{path}: {name} → {missing} is drawn, but there is no reference";
            }

            foreach (var package in project.Descendants().Where(item => Outside.Contains(item.Name.LocalName)))
            {
                if (WithoutPackages.Contains(name))
                {
                    yield return $"{path}: {name} references nothing from outside, not {package.Attribute("Include")?.Value}";
                }
            }
        }
    }

    public static IEnumerable<string> InSource(SourceFile file)
    {
        var name = Short(file.Project);
        if (!file.Path.StartsWith("src/", StringComparison.Ordinal) || !Drawn.ContainsKey(name))
        {
            yield break;
        }

        var known = Known(name).ToHashSet();
        foreach (var directive in file.Syntax.DescendantNodes().OfType<UsingDirectiveSyntax>())
        {
            var target = directive.NamespaceOrType.ToString().Replace("global::", "", StringComparison.Ordinal);
            if (target.StartsWith(Prefix, StringComparison.Ordinal) && !known.Contains(Short(target).Split('.')[0]))
            {
                yield return file.At(directive, $"{name} may not use {target}");
            }
        }

        foreach (var declaration in file.Syntax.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>())
        {
            if (declaration.Name.ToString() is var space && Short(space).Split('.')[0] != name)
            {
                yield return file.At(declaration, $"the namespace {space} belongs to another project");
            }
        }
    }

    public static IEnumerable<string> Known(string name) => Drawn[name].SelectMany(Known).Append(name);

    private static string Short(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
}
