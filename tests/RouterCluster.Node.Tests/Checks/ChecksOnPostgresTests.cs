using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Checks;

/// <summary>The checks of a node whose storage is a server, which may be away.</summary>
public sealed class ChecksOnPostgresTests : IAsyncLifetime
{
    private PostgresServer _postgres = null!;
    private WholeNode _node = null!;

    public async Task InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        var database = await _postgres.CreateDatabaseAsync("checks");
        _node = await WholeNode.StartAsync(
            "{}",
            $$"""
            router {
              encryption-key = "{{Convert.ToBase64String(new byte[32])}}"
              storage { provider = postgresql, connection-string = "{{database}}" }
            }
            """);
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task A_lease_that_is_not_renewed_and_a_database_that_does_not_answer_are_found_and_end_by_themselves()
    {
        await WholeNode.EventuallyAsync(async () =>
            await CheckAsync("leases") == ("ok", "1 node with a lease that is renewed"));
        Assert.Equal("ok", (await CheckAsync("storage")).Status);

        using (_postgres.Stall())
        {
            await WholeNode.EventuallyAsync(async () =>
                await CheckAsync("storage") == ("failed", "the database does not answer"));
            await WholeNode.EventuallyAsync(async () => (await CheckAsync("leases")).Status == "failed");
        }

        await WholeNode.EventuallyAsync(async () => (await CheckAsync("storage")).Status == "ok");
        await WholeNode.EventuallyAsync(async () => (await CheckAsync("leases")).Status == "ok");
    }

    private async Task<(string? Status, string? Says)> CheckAsync(string name)
    {
        var (status, checks) = await _node.AdminAsync($"checks?name={name}");
        Assert.Equal(200, status);
        var check = Assert.Single(checks["checks"]!.AsArray())!;
        return ((string?)check["status"], (string?)check["detail"]);
    }
}
