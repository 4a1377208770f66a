using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Node.Tests.Notices;

namespace RouterCluster.Node.Tests.Platform.Http;

/// <summary>PostgreSQL keeps no NUL in a text, so it must not get that far: the same request would fail for ever.</summary>
public sealed class NulTests : IAsyncLifetime
{
    private const string OrderNo = "00a1b2c3d4e5f6g7h8j9k0m1n2p3q01";

    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData("/admin/v1/payments?merchant=%00&order_no=A-1", "merchant")]
    [InlineData("/admin/v1/notifications?merchant=a%00b", "merchant")]
    [InlineData("/admin/v1/notifications?cursor=1.%00", "cursor")]
    [InlineData("/admin/v1/audit?cursor=1.d.%00", "cursor")]
    [InlineData("/admin/v1/notices?cursor=1.%00", "cursor")]
    [InlineData("/admin/v1/cases?cursor=%00", "cursor")]
    [InlineData("/admin/v1/trace.csv?from=%00&to=1", "from")]
    [InlineData("/v1/payments?order_no=%00", "order_no")]
    public async Task A_NUL_in_a_query_is_400_before_storage_is_asked(string path, string field)
    {
        var key = path.StartsWith("/admin", StringComparison.Ordinal) ? "t-admin" : "shop-key";

        var answer = await _node.GetAsync(path, key);

        Assert.Equal((400, "invalid", field), (answer.Status, answer.Code, Assert.Single(answer.Fields)));
        Assert.Empty(_node.Notifications.Listed);
        Assert.Empty(_node.Cluster.Pages);
    }

    [Theory]
    [InlineData("/admin/v1/payments/pay_%00")]
    [InlineData("/v1/payments/%00")]
    public async Task A_NUL_in_a_path_is_400(string path) => Assert.Equal(400, (await _node.GetAsync(path, "t-admin")).Status);

    [Theory]
    [InlineData(OrderNo + "\\u0000", "CNY", "C1")]
    [InlineData(OrderNo, "CN\\u0000", "C1")]
    [InlineData(OrderNo, "CNY", "C\\u0000")]
    [InlineData(OrderNo + "\\u0007", "CNY", "C1")]
    public async Task A_NUL_in_a_signed_notice_is_400_and_nothing_is_kept(string orderNo, string currency, string reference)
    {
        var notice = new SignedNotice(OrderNo)
        {
            Body = $$"""
                {"order_no":"{{orderNo}}","channel_order_no":"{{reference}}","status":"succeeded","code":"00","amount":12000,
                 "currency":"{{currency}}"}
                """,
        };

        var answer = await _node.SendAsync(HttpMethod.Post, "/v1/channels/alpha/notify", null, notice.Content());

        Assert.Equal((400, "invalid"), (answer.Status, answer.Code));
        Assert.Empty(_node.Payments.Heard);
        Assert.Empty(_node.Strays.Kept);
    }

    [Fact]
    public async Task What_storage_refuses_because_of_the_value_is_400_and_not_503()
    {
        _node.Payments.OnHear = new Domain.Books.BookAnswer.Heard(Domain.Books.NoticeFate.UnknownOrder);
        _node.Strays.Refusal = "22021";

        var answer = await _node.SendAsync(
            HttpMethod.Post, "/v1/channels/alpha/notify", null, new SignedNotice(OrderNo).Content());
        var listed = await _node.GetAsync("/admin/v1/notifications?cursor=refused", "t-admin");

        Assert.Equal((400, 400), (answer.Status, listed.Status));
    }
}
