using System.Runtime.Versioning;
using System.Text;

namespace RouterCluster.Cli.Tests.Contexts;

[SupportedOSPlatform("linux")]
public sealed class ContextTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("routerctl-").FullName;

    private string File => Path.Combine(_folder, "routerctl", "contexts.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_context_is_asked_with_its_own_token_and_named_above_the_answer()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/cluster", Bodies.Cluster);
        await AddAsync("test", node.Url, Token("from-file"));

        var shown = await RunAsync("cluster");
        var json = await RunAsync("cluster", "--json");

        Assert.Equal($"test: {node.Url}/{Environment.NewLine}", shown.Error);
        Assert.Equal(new Ending(0, Bodies.Cluster, ""), json);
        Assert.All(node.Seen, request => Assert.Equal("Bearer from-file", request.Authorization));
    }

    [Fact]
    public async Task A_contexts_token_goes_to_no_other_address()
    {
        await using var node = await StubNode.StartAsync();
        await AddAsync("prod", "http://127.0.0.1:1", Token("secret"));

        await RunAsync("cluster", "--url", node.Url);
        await RunAsync(new() { ["ROUTERCTL_URL"] = node.Url }, input: null, "cluster");

        Assert.Equal(2, node.Seen.Count);
        Assert.All(node.Seen, request => Assert.Null(request.Authorization));
    }

    [Fact]
    public async Task The_file_is_the_users_alone_and_holds_no_token()
    {
        await AddAsync("prod", "https://router.example", Token("secret"), "--live");
        await AddAsync("test", "http://127.0.0.1:8080", null);
        await RunAsync("context", "use", "test");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.DoesNotContain("secret\"", await System.IO.File.ReadAllTextAsync(File), StringComparison.Ordinal);
        var listed = await RunAsync("context", "list");
        Assert.Matches("prod +no +yes +https://router.example", listed.Output);
        Assert.Matches("test +yes +no +http://127.0.0.1:8080 +-", listed.Output);
        Assert.Equal(
            $$"""
            {
              "current": "test",
              "contexts": {
                "prod": {
                  "url": "https://router.example",
                  "token_file": "{{Path.Combine(_folder, "token")}}",
                  "live": true
                },
                "test": {
                  "url": "http://127.0.0.1:8080",
                  "token_file": null,
                  "live": false
                }
              }
            }

            """,
            (await RunAsync("context", "list", "--json")).Output);

        await RunAsync("context", "remove", "test");
        Assert.DoesNotContain("test", (await RunAsync("context", "list")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y", 0, 1)]
    [InlineData("n", 1, 0)]
    [InlineData("", 1, 0)]
    public async Task A_live_context_asks_before_a_change(string answer, int code, int calls)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("POST /admin/v1/channels/alpha/disable", Bodies.Alpha);
        await AddAsync("prod", node.Url, null, "--live");

        var ending = await RunAsync([], new StringReader(answer), "channel", "disable", "alpha");

        Assert.Equal((code, calls), (ending.Code, node.Seen.Count));
        Assert.Contains("prod is live: POST channels/alpha/disable. Go on? [y/N]", ending.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_a_change_needs_the_users_word_and_a_look_does_not()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("POST /admin/v1/channels/alpha/disable", Bodies.Alpha).Answers("GET /admin/v1/cluster", Bodies.Cluster);
        await AddAsync("prod", node.Url, null, "--live");

        var refused = await RunAsync("channel", "disable", "alpha");
        var seen = node.Seen.Count;
        var agreed = await RunAsync("channel", "disable", "alpha", "--yes");
        var look = await RunAsync("cluster");

        Assert.Equal((2, 0), (refused.Code, seen));
        Assert.Contains("needs --yes", refused.Error, StringComparison.Ordinal);
        Assert.Equal((0, 0, 2), (agreed.Code, look.Code, node.Seen.Count));
    }

    [Fact]
    public async Task At_a_terminal_a_context_without_a_file_asks_for_the_token()
    {
        await using var node = await StubNode.StartAsync();
        await AddAsync("test", node.Url, null);

        await RunAsync([], new StringReader(""), "cluster");

        Assert.Equal("Bearer typed", Assert.Single(node.Seen).Authorization);
    }

    [Fact]
    public async Task A_token_comes_from_a_file_that_others_cannot_read()
    {
        await using var node = await StubNode.StartAsync();
        var path = Token("from-file");

        await RunAsync("cluster", "--url", node.Url, "--token-file", path);
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var open = await RunAsync("cluster", "--url", node.Url, "--token-file", path);
        var none = await RunAsync("cluster", "--url", node.Url, "--token-file", path + "x");

        Assert.Equal("Bearer from-file", Assert.Single(node.Seen).Authorization);
        Assert.Equal((2, 2), (open.Code, none.Code));
        Assert.Contains("chmod 600", open.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("context add prod", 2)]
    [InlineData("context add prod --url nowhere", 2)]
    [InlineData("context add a/b --url http://127.0.0.1:1", 2)]
    [InlineData("context use nobody", 1)]
    [InlineData("context remove nobody", 1)]
    [InlineData("cluster --context nobody", 2)]
    [InlineData("cluster --context prod --url http://127.0.0.1:1", 2)]
    public async Task What_cannot_be_is_refused(string arguments, int code)
    {
        var ending = await RunAsync(arguments.Split(' '));

        Assert.Equal(code, ending.Code);
        Assert.StartsWith("routerctl: ", ending.Error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_file_that_is_broken_is_named()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, "{");

        var ending = await RunAsync("cluster");

        Assert.Equal(2, ending.Code);
        Assert.Contains(File, ending.Error, StringComparison.Ordinal);
    }

    private string Token(string token)
    {
        var path = Path.Combine(_folder, "token");
        System.IO.File.WriteAllText(path, $"{token}\n");
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private async Task AddAsync(string name, string url, string? tokenFile, params string[] options)
    {
        var ending = await RunAsync(
            ["context", "add", name, "--url", url, .. tokenFile is null ? [] : new[] { "--token-file", tokenFile }, .. options]);
        Assert.True(ending.Code == 0, ending.Error);
    }

    private Task<Ending> RunAsync(params string[] arguments) => RunAsync([], input: null, arguments);

    /// <param name="input">Of somebody at a terminal; null: nobody is there.</param>
    private async Task<Ending> RunAsync(Dictionary<string, string> variables, TextReader? input, params string[] arguments)
    {
        variables["XDG_CONFIG_HOME"] = _folder;
        using var output = new MemoryStream();
        await using var text = new StreamWriter(output, new UTF8Encoding(false)) { AutoFlush = true };
        using var error = new StringWriter();
        var environment = new CliEnvironment(text, output, error, variables.GetValueOrDefault)
        {
            Input = input ?? TextReader.Null, IsInputTerminal = input is not null, ReadSecret = _ => "typed",
        };
        var code = await RouterCtl.RunAsync(arguments, environment);
        return new Ending(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
