using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterCluster.Tidy.Tests.Layout;

/// <summary>Arrows between folders are read from namespaces, so namespaces follow the folders.</summary>
public sealed class NamespacesTests
{
    [Fact]
    public void A_files_namespace_is_its_folder() => Expect.None(Repository.Sources.SelectMany(Astray));

    [Theory]
    [InlineData("src/RouterCluster.Node/Cases/A.cs", "namespace RouterCluster.Node.Cases;", true)]
    [InlineData("src/RouterCluster.Node/Cases/A.cs", "namespace RouterCluster.Node;", false)]
    [InlineData("tests/Shared/A.cs", "namespace RouterCluster.Testing;", true)]
    [InlineData("src/RouterCluster.Host/Program.cs", "return 0;", true)]
    public void Another_one_is_found(string path, string text, bool isRight) =>
        Assert.Equal(isRight, !Astray(new SourceFile(path, text)).Any());

    private static IEnumerable<string> Astray(SourceFile file) =>
        from declared in file.Syntax.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
        let expected = string.Join('.', file.Path.Split('/')[1..^1])
        where !file.Path.StartsWith("tests/Shared/", StringComparison.Ordinal) && declared.Name.ToString() != expected
        select $"{file.Path}: its namespace is not {expected}";
}
