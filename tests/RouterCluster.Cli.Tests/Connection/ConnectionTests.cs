using System.Net;
using System.Net.Sockets;

namespace RouterCluster.Cli.Tests.Connection;

public sealed class ConnectionTests
{
    [Theory]
    [InlineData("channels", "channels", Bodies.Channels)]
    [InlineData("channel show alpha", "channels/alpha", Bodies.Alpha)]
    [InlineData("payment pay_3x1", "payments/pay_3x1", Bodies.Payment)]
    [InlineData("payment pay_3x1 --timeline", "payments/pay_3x1/timeline", Bodies.Timeline)]
    [InlineData("explain pay_3x1", "payments/pay_3x1/explain", Bodies.Explain)]
    [InlineData("cluster", "cluster", Bodies.Cluster)]
    public async Task Json_prints_the_body_byte_for_byte(string verb, string path, string body)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"GET /admin/v1/{path}", body);

        var ending = await Tool.RunAsync(node, [.. verb.Split(' '), "--json"]);

        Assert.Equal(new Ending(0, body, ""), ending);
    }

    [Fact]
    public async Task The_token_of_the_environment_is_sent()
    {
        await using var node = await StubNode.StartAsync();
        var variables = new Dictionary<string, string> { ["ROUTERCTL_URL"] = node.Url, ["ROUTERCTL_TOKEN"] = "from-variable" };

        await Tool.RunAsync(variables, ["channels"]);

        Assert.Equal("Bearer from-variable", Assert.Single(node.Seen).Authorization);
    }

    [Fact]
    public async Task Options_win_over_the_environment_and_stand_before_or_after_the_verb()
    {
        await using var node = await StubNode.StartAsync();
        var variables = new Dictionary<string, string> { ["ROUTERCTL_URL"] = "http://127.0.0.1:1", ["ROUTERCTL_TOKEN"] = "no" };

        await Tool.RunAsync(variables, ["--url", node.Url, "channels", "--token", "yes"]);

        Assert.Equal("Bearer yes", Assert.Single(node.Seen).Authorization);
    }

    [Fact]
    public async Task Without_a_token_none_is_sent()
    {
        await using var node = await StubNode.StartAsync();

        await Tool.RunAsync(node, "channels");

        Assert.Null(Assert.Single(node.Seen).Authorization);
    }

    [Fact]
    public async Task An_address_with_a_path_keeps_it()
    {
        await using var node = await StubNode.StartAsync();

        await Tool.RunAsync(node, "channels", "--url", $"{node.Url}/behind/proxy/");

        Assert.Equal("/behind/proxy/admin/v1/channels", Assert.Single(node.Seen).Path);
    }

    [Fact]
    public async Task A_refused_connection_is_one_line()
    {
        var url = $"http://127.0.0.1:{ClosedPort()}";

        var ending = await Tool.RunAsync(
            new Dictionary<string, string>(), ["channel", "disable", "alpha", "--url", url]);

        Assert.Equal(1, ending.Code);
        Assert.Equal($"routerctl: cannot reach {url}/: Connection refused{Environment.NewLine}", ending.Error);
    }

    [Theory]
    [InlineData("channel disable alpha", true)]
    [InlineData("channel show alpha", false)]
    public async Task Silence_ends_the_call_and_leaves_a_change_in_doubt(string verb, bool isInDoubt)
    {
        await using var node = await StubNode.StartAsync();
        node.IsSilent = true;
        var variables = new Dictionary<string, string> { ["ROUTERCTL_URL"] = node.Url };

        var ending = await Tool.RunAsync(variables, verb.Split(' '), TimeSpan.FromSeconds(0.5));

        Assert.Equal(1, ending.Code);
        Assert.Contains("no answer within 0.5 s", ending.Error);
        Assert.Equal(isInDoubt, ending.Error.Contains("not known", StringComparison.Ordinal));
        Assert.InRange(node.Seen.Count, 0, 1);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
