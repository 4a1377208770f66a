using System.Text;

namespace RouterCluster.Cli.Tests;

internal sealed record Ending(int Code, string Output, string Error)
{
    public IReadOnlyList<string> Lines => Output.Split('\n');
}

/// <summary>Runs the tool in this process, as if its output went into a pipe, or to a terminal of a width.</summary>
internal static class Tool
{
    public static Task<Ending> RunAsync(StubNode node, params string[] arguments) =>
        RunAsync(new Dictionary<string, string> { ["ROUTERCTL_URL"] = node.Url }, arguments);

    public static Task<Ending> OnTerminalAsync(int width, StubNode node, params string[] arguments) =>
        RunAsync(new Dictionary<string, string> { ["ROUTERCTL_URL"] = node.Url }, arguments, width: width);

    /// <summary>What the tool says of a verb, which it knows without a node.</summary>
    public static async Task<string> HelpAsync(params string[] verb)
    {
        await using var node = await StubNode.StartAsync();
        return (await RunAsync(node, [.. verb, "--help"])).Output;
    }

    /// <summary>The command line cannot be right: the tool ends with 2, and no node has heard of it.</summary>
    public static async Task AsksNobodyAsync(string arguments)
    {
        await using var node = await StubNode.StartAsync();

        Assert.Equal(2, (await RunAsync(node, arguments.Split(' '))).Code);
        Assert.Empty(node.Seen);
    }

    public static async Task<Ending> RunAsync(
        IReadOnlyDictionary<string, string> variables, string[] arguments, TimeSpan? timeout = null, int? width = null)
    {
        using var output = new MemoryStream();
        await using var text = new StreamWriter(output, new UTF8Encoding(false)) { AutoFlush = true };
        using var error = new StringWriter();
        var environment = new CliEnvironment(text, output, error, variables.GetValueOrDefault)
        {
            Timeout = timeout ?? TimeSpan.FromSeconds(30),
            Width = width ?? CliEnvironment.Unlimited,
        };
        var code = await RouterCtl.RunAsync(arguments, environment);
        return new Ending(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
