namespace RouterCluster.Cli.Tests.Connection;

public sealed class RefusalTests
{
    [Fact]
    public async Task A_problem_is_told_on_standard_error_with_every_wrong_field()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("PATCH /admin/v1/channels/alpha", Bodies.Problem, status: 400);

        var ending = await Tool.RunAsync(node, "channel", "set", "alpha", "--concurrency", "9999");

        Assert.Equal(1, ending.Code);
        Assert.Equal("", ending.Output);
        Assert.Equal(
            ["routerctl: The change is not valid (400, invalid)", "  Two fields are wrong.",
                "  submit.concurrency: must be at most 512", "  weight: too high"],
            ending.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_problem_goes_to_standard_output_untouched_with_json()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/cluster", Bodies.Problem, status: 503);

        var ending = await Tool.RunAsync(node, "cluster", "--json");

        Assert.Equal(new Ending(1, Bodies.Problem, ""), ending);
    }

    [Theory]
    [InlineData("channels")]
    [InlineData("channels", "--json")]
    public async Task A_refusal_without_a_body_still_says_its_status(params string[] arguments)
    {
        await using var node = await StubNode.StartAsync();

        var ending = await Tool.RunAsync(node, arguments);

        Assert.Equal(1, ending.Code);
        Assert.Contains("404 Not Found", ending.Error);
    }

    [Fact]
    public async Task A_missing_token_is_explained_with_the_demos()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels", "{}", status: 401);

        var without = await Tool.RunAsync(node, "channels");
        var wrong = await Tool.RunAsync(node, "channels", "--token", "guess");

        Assert.Equal(1, without.Code);
        Assert.Contains("--token or ROUTERCTL_TOKEN; the demo's is demo-operator", without.Error);
        Assert.Contains("not accepted", wrong.Error);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task What_is_no_routers_answer_is_a_failure(string body)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels", body);

        var ending = await Tool.RunAsync(node, "channels");

        Assert.Equal(1, ending.Code);
        Assert.Contains("not a router's answer", ending.Error);
    }

    [Fact]
    public async Task What_is_not_json_is_not_printed_as_json()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels", "<html>");

        var ending = await Tool.RunAsync(node, "channels", "--json");

        Assert.Equal(1, ending.Code);
        Assert.Equal("", ending.Output);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("POST /admin/v1/channels/alpha/disable", "", status: 302);

        var ending = await Tool.RunAsync(node, "channel", "disable", "alpha");

        Assert.Equal(1, ending.Code);
        Assert.Contains("302", ending.Error);
    }
}
