using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Platform.Http;

public sealed class OperatorAccessTests
{
    private static readonly string[] Reads =
    [
        "/admin/v1/channels", "/admin/v1/channels/alpha", "/admin/v1/payments/pay_1",
        "/admin/v1/payments?merchant=shop&order_no=A",
        "/admin/v1/payments/pay_1/explain", "/admin/v1/cluster", "/admin/v1/alerts", "/admin/v1/cases", "/admin/v1/audit",
    ];

    private static readonly (string Method, string Path)[] Changes =
    [
        ("POST", "/admin/v1/channels/alpha/disable"), ("POST", "/admin/v1/channels/alpha/enable"),
        ("POST", "/admin/v1/channels/alpha/drain"), ("PATCH", "/admin/v1/channels/alpha"),
    ];

    [Theory]
    [InlineData(null, 401, 401)]
    [InlineData("shop-key", 401, 401)]
    [InlineData("nobody", 401, 401)]
    [InlineData("t-viewer", 0, 403)]
    [InlineData("t-approver", 0, 403)]
    [InlineData("t-operator", 0, 200)]
    [InlineData("t-admin", 0, 200)]
    public async Task Roles_decide_who_may_look_and_who_may_change(string? token, int refusalOfReads, int changes)
    {
        await using var node = await TestNode.StartAsync();

        foreach (var path in Reads)
        {
            var answer = await node.GetAsync(path, token);
            var isExpected = refusalOfReads == 0 ? answer.Status is 200 or 404 : answer.Status == refusalOfReads;
            Assert.True(isExpected, $"{path}: {answer.Status}");
        }

        foreach (var (method, path) in Changes)
        {
            var body = method == "PATCH" ? """{ "weight": 2 }""" : "{}";
            var answer = await node.SendAsync(new HttpMethod(method), path, token, body);
            Assert.True(answer.Status == changes, $"{method} {path}: {answer.Status}");
        }

        Assert.Equal(changes == 200 ? Changes.Length : 0, node.Channels.Asked.Count);
    }

    [Theory]
    [InlineData("t-viewer", 403, 403)]
    [InlineData("t-operator", 404, 403)]
    [InlineData("t-approver", 403, 404)]
    [InlineData("t-admin", 404, 404)]
    public async Task Proposing_is_for_operators_and_settling_for_approvers(string token, int proposing, int settling)
    {
        await using var node = await TestNode.StartAsync();
        foreach (var (verb, expected) in new[]
        {
            ("proposals", proposing), ("proposals/1/approve", settling), ("proposals/1/reject", settling),
        })
        {
            var answer = await node.SendAsync(HttpMethod.Post, $"/admin/v1/cases/pay_1/{verb}", token, "{}");
            Assert.True(answer.Status == expected, $"{verb}: {answer.Status}");
        }
    }

    [Fact]
    public async Task With_a_listener_of_their_own_operators_and_merchants_do_not_meet()
    {
        var (merchants, operators) = (FreePort.Next(), FreePort.Next());
        var (url, adminUrl) = ($"http://127.0.0.1:{merchants}", $"http://127.0.0.1:{operators}");
        await using var node = await TestNode.StartAsync(
            $"router {{ http.url = \"{url}\", admin-url = \"{adminUrl}\" }}", null, url, adminUrl);

        foreach (var path in new[] { "/admin/v1/channels", "/metrics", "/" })
        {
            Assert.Equal(404, (await node.GetAsync(url + path, "t-admin")).Status);
            Assert.Equal(200, (await node.GetAsync(adminUrl + path, "t-admin")).Status);
        }

        var astray = await node.SendAsync(HttpMethod.Post, adminUrl + "/v1/payments", "shop-key", Samples.Body().ToJsonString());
        Assert.Equal(404, astray.Status);
        Assert.Equal(201, (await node.PostPaymentAsync(Samples.Body())).Status);
        Assert.Equal(200, (await node.GetAsync(adminUrl + "/health/live", null)).Status);
        Assert.Equal(200, (await node.GetAsync(url + "/health/live", null)).Status);
    }
}
