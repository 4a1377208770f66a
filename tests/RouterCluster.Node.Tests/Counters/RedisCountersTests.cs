using System.Runtime.Versioning;
using RouterCluster.Node.Counters;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Counters;

public sealed class ExternalRedisCountersTests : RedisCountersContract
{
    private RedisServer _server = null!;

    private protected override async Task<(string Settings, string Folder, string Address)> StartServerAsync()
    {
        _server = await RedisServer.StartAsync();
        return ($"mode = external, connection-string = \"{_server.ConnectionString}\"", "/tmp", _server.ConnectionString);
    }

    private protected override Task<(RedisCounters Counters, string Connection)> ConnectAsync(
        RedisSettings settings, NodeSettings node, string address) =>
        Task.FromResult((new RedisCounters(settings, node, new EmbeddedRedis(node)), address));

    private protected override async Task StopServerAsync() => await _server.DisposeAsync();
}

[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedRedisCountersTests : RedisCountersContract
{
    private string _folder = "";
    private EmbeddedRedis _server = null!;

    [Fact]
    public void Nobody_but_its_own_user_can_read_the_embedded_server() => Assert.Equal(
        UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_server.Path));

    [Fact]
    public void A_socket_that_a_killed_node_left_behind_is_no_obstacle()
    {
        _server.Start();

        Assert.Equal(Path.Combine(_folder, "counters.sock"), _server.Path);
    }

    [Fact]
    public void A_data_directory_with_a_long_path_gets_its_socket_elsewhere()
    {
        var deep = Path.Combine(_folder, new string('x', 100));
        using var server = new EmbeddedRedis(Nodes.TestNode.Settings($$"""router.data-dir = "{{deep}}" """).Node);

        server.Start();

        Assert.True(File.Exists(server.Path));
        Assert.InRange(server.Path.Length, 1, 100);
    }

    private protected override Task<(string Settings, string Folder, string Address)> StartServerAsync()
    {
        _folder = Directory.CreateTempSubdirectory("router-redis-").FullName;
        return Task.FromResult(("mode = embedded", _folder, ""));
    }

    private protected override async Task<(RedisCounters Counters, string Connection)> ConnectAsync(
        RedisSettings settings, NodeSettings node, string address)
    {
        _server = new EmbeddedRedis(node);
        var counters = new RedisCounters(settings, node, _server);

        // The first batch starts the server.
        await counters.WriteAsync([]);
        return (counters, $"!{_server.Path}");
    }

    private protected override Task StopServerAsync()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
