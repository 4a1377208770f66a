namespace RouterCluster.Tidy.Tests.Layout;

public sealed class ArrowsTests
{
    [Fact]
    public void Projects_reference_what_is_drawn_and_nothing_else() => Expect.None(Arrows.InProjects(Repository.Root));

    [Fact]
    public void Sources_use_what_their_project_may_know() => Expect.None(Repository.Sources.SelectMany(Arrows.InSource));

    [Theory]
    [InlineData("Domain", "<ProjectReference Include=\"../A/RouterCluster.Api.csproj\" />", "Domain → Api is not drawn")]
    [InlineData("Simulator", "<ProjectReference Include=\"..\\A\\RouterCluster.Channels.csproj\" />", "→ Channels is not")]
    [InlineData("Domain", "<PackageReference Include=\"Akka\" />", "not Akka")]
    [InlineData("Api", "<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />", "not Microsoft.AspNetCore.App")]
    [InlineData("Channels", "", "Channels → Domain is drawn")]
    [InlineData("Extras", "", "no arrows are drawn")]
    public void A_wrong_reference_is_found(string project, string item, string expected)
    {
        using var folder = new TemporaryFolder().With(
            $"src/RouterCluster.{project}/RouterCluster.{project}.csproj", $"<Project><ItemGroup>{item}</ItemGroup></Project>");

        Assert.Contains(expected, Assert.Single(Arrows.InProjects(folder.Path)));
    }

    [Theory]
    [InlineData("Domain", "using RouterCluster.Node;", "may not use")]
    [InlineData("Simulator", "global using static RouterCluster.Domain.Money;", "may not use")]
    [InlineData("Channels", "using Wire = RouterCluster.Api.Payment;", "may not use")]
    [InlineData("Domain", "namespace RouterCluster.Node.Books;", "belongs to another project")]
    public void A_wrong_using_or_namespace_is_found(string project, string source, string expected) =>
        Assert.Contains(expected, Assert.Single(Arrows.InSource(new SourceFile($"src/RouterCluster.{project}/A.cs", source))));

    [Fact]
    public void What_a_project_knows_through_another_may_be_used() =>
        Assert.Empty(Arrows.InSource(new SourceFile(
            "src/RouterCluster.Host/A.cs", "using RouterCluster.Domain.Payments; namespace RouterCluster.Host.Start;")));
}
