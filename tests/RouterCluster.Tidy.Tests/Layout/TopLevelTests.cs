namespace RouterCluster.Tidy.Tests.Layout;

public sealed class TopLevelTests
{
    private static readonly string[] Allowed =
    [
        "src", "tests", "hocon", "RouterCluster.sln", "docker-compose.yml", "README.md", "CHANGELOG.md", "LICENSE",
        "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", ".gitignore", ".dockerignore", ".ci",
    ];

    [Fact]
    public async Task The_top_level_holds_only_what_a_newcomer_needs()
    {
        // The files belong to whoever cloned them, who need not be the user that runs the tests.
        var listing = await Command.RunAsync("git", ["-c", "safe.directory=*", "ls-files", "--cached"]);
        Assert.True(listing.ExitCode == 0, listing.Errors);
        var files = listing.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("RouterCluster.sln", files);

        Expect.None(Strangers(files));
    }

    [Fact]
    public void A_stranger_is_found() =>
        Assert.Equal(["plan.md", "notes"], Strangers(["README.md", "plan.md", "notes/a.md", "notes/b.md", "src/docs/a.md"]));

    private static IEnumerable<string> Strangers(IEnumerable<string> files) =>
        files.Select(file => file.Split('/')[0]).Distinct().Except(Allowed);
}
