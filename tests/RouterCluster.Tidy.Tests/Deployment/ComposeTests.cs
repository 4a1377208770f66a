using System.Text.RegularExpressions;
using RouterCluster.Tidy.Tests.Layout;

namespace RouterCluster.Tidy.Tests.Deployment;

public sealed partial class ComposeTests
{
    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["ENCRYPTION_KEY"] = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        ["POSTGRES_PASSWORD"] = "secret",
    };

    [Fact]
    public async Task The_file_describes_three_nodes_with_all_that_they_need()
    {
        var services = await ConfigAsync(Path.Combine(Repository.Root, "docker-compose.yml"), "--services", Secrets);

        Assert.True(services.ExitCode == 0, services.Errors);
        Assert.Equal(
            ["balancer", "grafana", "postgres", "prometheus", "redis", "router-1", "router-2", "router-3", "simulator"],
            services.Output.Split().Where(name => name != "").Order());
    }

    [Theory]
    [InlineData("ENCRYPTION_KEY")]
    [InlineData("POSTGRES_PASSWORD")]
    public async Task Without_a_secret_nothing_starts(string name)
    {
        var secrets = new Dictionary<string, string>(Secrets) { [name] = "" };

        var config = await ConfigAsync(Path.Combine(Repository.Root, "docker-compose.yml"), "-q", secrets);

        Assert.NotEqual(0, config.ExitCode);
    }

    [Fact]
    public async Task A_file_that_old_versions_do_not_know_is_refused()
    {
        using var folder = new TemporaryFolder().With(
            "docker-compose.yml", "version: \"3.8\"\nname: router\nservices:\n  router:\n    image: router\n");

        Assert.NotEqual(0, (await ConfigAsync(Path.Combine(folder.Path, "docker-compose.yml"), "-q", Secrets)).ExitCode);
    }

    [Fact]
    public void The_image_restores_every_project_that_the_node_is_made_of()
    {
        var dockerfile = Repository.Read("src/RouterCluster.Host/Dockerfile");
        var copied = CopiedProject().Matches(dockerfile).Select(match => match.Groups[1].Value);

        Assert.Equal(Arrows.Known("Host").Distinct().Order(), copied.Order());
    }

    [Fact]
    public void The_image_takes_nothing_that_was_built_outside()
    {
        var ignored = Repository.Read("src/RouterCluster.Host/Dockerfile.dockerignore").Split('\n');

        Assert.Contains("**/bin", ignored);
        Assert.Contains("**/obj", ignored);
    }

    [GeneratedRegex(@"^COPY src/RouterCluster\.(\w+)/RouterCluster\.\1\.csproj src/RouterCluster\.\1/$", RegexOptions.Multiline)]
    private static partial Regex CopiedProject();

    private static Task<Command> ConfigAsync(string file, string option, Dictionary<string, string> environment) =>
        Command.RunAsync("docker-compose", ["-f", file, "config", option], environment);
}
