using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Health;

public sealed class LoneNodeTests
{
    [Fact]
    public async Task A_lone_node_is_neither_drained_nor_downed_and_an_unknown_one_is_named()
    {
        await using var node = await WholeNode.StartAsync("""{ "latency_ms": 1 }""");
        var self = (string)(await node.AdminAsync("cluster")).Json["self"]!;

        Assert.Equal((409, "last_node"), await ChangeAsync(node, self, "drain"));
        Assert.Equal((409, "last_node"), await ChangeAsync(node, self, "down"));
        Assert.Equal((404, $"There is no node \"nowhere:1\"; known are {self}."), await ChangeAsync(node, "nowhere:1", "drain"));
        Assert.Equal(200, (await node.ReadyAsync()).Status);

        Assert.Equal((200, null), await ChangeAsync(node, self, "rejoin"));
        var noted = (await node.AdminAsync("audit")).Json["items"]![0]!;
        Assert.Equal(
            ("alice", $"node {self} taken back", "a try"),
            ((string)noted["by"]!, (string)noted["what"]!, (string)noted["reason"]!));
    }

    private static async Task<(int Status, string? Why)> ChangeAsync(WholeNode node, string member, string verb)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "operator-token");
        var path = $"/admin/v1/cluster/members/{Uri.EscapeDataString(member)}/{verb}";
        using var answer = await http.PostAsJsonAsync(new Uri(node.Address, path), new { reason = "a try" });
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var status = (int)answer.StatusCode;
        return (status, (string?)body[status == 404 ? "detail" : "code"]);
    }
}
