using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments.Ingress;

/// <summary>The node is a sandbox one, so a live key's numbers are those apart.</summary>
public sealed class PaymentNumbersTests : IAsyncLifetime
{
    private const string StoredId = "pay_001zgxbnkac13589s87xzdsbg5an4";

    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public void Ids_of_the_installations_mode_are_what_they_always_were()
    {
        var id = PaymentId.For(new MerchantId("demo"), "A-1001", 4, "salt"u8);

        Assert.Equal(StoredId, id.Value);
        Assert.NotEqual(id, PaymentId.For(new MerchantId("demo"), "A-1001", 4, "salt"u8, ChannelMode.Sandbox));
    }

    [Fact]
    public async Task What_the_other_mode_stored_before_it_had_ids_of_its_own_is_found_where_it_is()
    {
        var old = await StoreAsOldAsync("A-1", "shop-live");

        var repeat = await _node.PostPaymentAsync(Samples.Body("A-1"), "shop-live");
        var found = await _node.GetAsync("/v1/payments?order_no=A-1", "shop-live");

        Assert.Equal((200, old.Value), (repeat.Status, (string?)repeat.Json!["id"]));
        Assert.Equal((200, old.Value), (found.Status, (string?)found.Json!["id"]));
    }

    [Fact]
    public async Task A_number_of_which_nobody_can_tell_whose_it_is_is_409_and_503()
    {
        _node.Payments.OnGet = _ => new BookAnswer.OutOfReach();

        var posted = await _node.PostPaymentAsync(Samples.Body("A-1"), "shop-live");
        var read = await _node.GetAsync("/v1/payments?order_no=A-1", "shop-live");

        Assert.Equal((409, 503), (posted.Status, read.Status));
        Assert.Empty(_node.Payments.Accepted);
    }

    [Fact]
    public async Task Operators_find_both()
    {
        var sandbox = await _node.PostPaymentAsync(Samples.Body("A-1"));
        var live = await _node.PostPaymentAsync(Samples.Body("A-1"), "shop-live");
        await _node.PostPaymentAsync(Samples.Body("A-2"), "shop-live");
        const string Path = "/admin/v1/payments?merchant=shop&order_no=";

        Assert.Equal(Id(sandbox), Id(await _node.GetAsync(Path + "A-1", "t-viewer")));
        Assert.Equal(Id(sandbox), Id(await _node.GetAsync(Path + "A-1&mode=sandbox", "t-viewer")));
        Assert.Equal(Id(live), Id(await _node.GetAsync(Path + "A-1&mode=live", "t-viewer")));
        Assert.Equal("A-2", (string?)(await _node.GetAsync(Path + "A-2", "t-viewer")).Json!["order_no"]);
        Assert.Equal(404, (await _node.GetAsync(Path + "A-2&mode=sandbox", "t-viewer")).Status);
        Assert.Equal(["mode"], (await _node.GetAsync(Path + "A-2&mode=test", "t-viewer")).Fields);
    }

    private static string? Id(Answer answer) => (string?)answer.Json!["id"];

    /// <summary>As a version that had one id for both modes stored it.</summary>
    private async Task<PaymentId> StoreAsOldAsync(string orderNo, string key)
    {
        await _node.PostPaymentAsync(Samples.Body(orderNo), key);
        var content = _node.Payments.Accepted.Single().Content;
        var id = _node.Payments.IdOf(content.Merchant, orderNo);
        _node.Payments.Put(Samples.Payment(id, content, default));
        return id;
    }
}
