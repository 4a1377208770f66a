using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Descriptions;

/// <summary>Every route has somebody who calls it, and the description has the routes that are there.</summary>
public sealed partial class RouteUseTests
{
    private const string Operators = "/admin/v1/";
    private const string Cli = "src/RouterCluster.Cli";

    /// <summary>The console's page and sessions, for browsers; metrics, for Prometheus; the description itself.</summary>
    private static readonly string[] Others =
        ["", "/console/{file}", "/admin/v1/session", "/metrics", "/openapi/{documentName}.json"];

    [Fact]
    public async Task Every_route_is_called_by_routerctl_or_a_test()
    {
        await using var node = await TestNode.StartAsync();
        var byTests = PathsIn("tests").Where(path => path.StartsWith('/'));
        var called = byTests.Concat(PathsIn(Cli).Select(path => Operators + path)).ToList();

        Assert.DoesNotContain(Routes(node), route => !IsCalled(route, called));
    }

    [Fact]
    public async Task Every_route_of_the_API_is_described_and_no_other()
    {
        await using var node = await TestNode.StartAsync();
        var document = (await node.GetAsync("/openapi/v1.json", null)).Json!;

        Assert.Equal(
            document["paths"]!.AsObject().Select(path => path.Key).Order(StringComparer.Ordinal),
            Routes(node).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/v1/payments/{id}", "/v1/payments/pay_1?x=1", true)]
    [InlineData("/v1/payments/{id}", "/v1/payments/{id}", true)]
    [InlineData("/admin/v1/cases/{id}/proposals", "/admin/v1/{path}/proposals", true)]
    [InlineData("/v1/payments/{id}", "/v1/payments", false)]
    [InlineData("/v1/payments", "/v1/payments/pay_1", false)]
    [InlineData("/admin/v1/cases/{id}/proposals", "/admin/v1/{path}/proposal", false)]
    public void A_route_that_nobody_calls_is_found(string route, string call, bool isCalled) =>
        Assert.Equal(isCalled, IsCalled(route, [call]));

    private static List<string> Routes(TestNode node) =>
    [
        .. node.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(route => route.RoutePattern.RawText!.TrimEnd('/')).Except(Others),
    ];

    /// <summary>A hole of an interpolated string stands for anything: for several parts of a path where it comes first.</summary>
    private static bool IsCalled(string route, IReadOnlyList<string> calls)
    {
        var parts = route.Split('/');
        return calls.Select(call => call.Split('?')[0]).Any(call => Fits(parts, call.Split('/')));

        static bool Fits(string[] route, string[] call) => (route, call) switch
        {
            ([], []) => true,
            ([_, .. var rest], [['{', ..], .. var later]) => Fits(rest, later) || Fits(rest, call),
            ([var part, .. var rest], [var own, .. var later]) when part.StartsWith('{') || part == own => Fits(rest, later),
            _ => false,
        };
    }

    private static IEnumerable<string> PathsIn(string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories)
        where Path.GetFileName(file) is not ("OpenApiTests.cs" or "RouteUseTests.cs")
        from literal in Literal().Matches(File.ReadAllText(file))
        let path = Hole().Replace(literal.Groups["text"].Value, "{}")
        where path.Split('/').Any(part => part.Length > 0 && !part.StartsWith('{'))
        select path;

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "RouterCluster.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex("\"(?<text>([^\"\\\\\n]|\\\\.)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();
}
