using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Codes;

public sealed class CodeRequestTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData("yesterday")]
    [InlineData("25h")]
    [InlineData("2d")]
    [InlineData("2999-01-01T00:00:00Z")]
    public async Task A_time_that_the_counters_do_not_have_is_refused(string since) => Assert.Equal(
        ["since"], (await _node.GetAsync($"/admin/v1/channels/alpha/codes?since={since}", "t-viewer")).Fields);

    [Fact]
    public async Task A_channel_that_does_not_exist_is_not_found() => Assert.Equal(
        (404, "not_found"), Of(await _node.GetAsync("/admin/v1/channels/zulu/codes", "t-viewer")));

    [Fact]
    public async Task Without_Redis_it_is_unavailable() => Assert.Equal(
        (503, "unavailable"), Of(await _node.GetAsync("/admin/v1/channels/alpha/codes?since=24h", "t-viewer")));

    private static (int Status, string? Code) Of(Answer answer) => (answer.Status, answer.Code);
}
