using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Merchants;

public sealed class DuplicateTests
{
    private const string Suspend = "router.merchants.shop.duplicates = suspend";

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task The_same_account_and_amount_under_another_number_is_a_duplicate_of_the_first()
    {
        await using var node = await TestNode.StartAsync(Suspend, _time);

        await node.PostPaymentAsync(Samples.Body("A-1"));
        await node.PostPaymentAsync(Samples.Body("A-1"));
        await node.PostPaymentAsync(Samples.Body("A-2"));
        await node.PostPaymentAsync(Samples.Body("A-3"), "other-key");

        Assert.Equal([("A-1", null), ("A-1", null), ("A-2", "A-1"), ("A-3", null)], node.Payments.Duplicates);
    }

    [Fact]
    public async Task Another_amount_or_account_is_none()
    {
        await using var node = await TestNode.StartAsync(Suspend, _time);
        await node.PostPaymentAsync(Samples.Body("A-1"));

        var (amount, account) = (Samples.Body("A-2"), Samples.Body("A-3"));
        amount["amount"] = 12_001;
        account["account"]!["number"] = "6222020000000002";
        await node.PostPaymentAsync(amount);
        await node.PostPaymentAsync(account);

        Assert.All(node.Payments.Duplicates, sent => Assert.Null(sent.DuplicateOf));
    }

    [Fact]
    public async Task It_is_one_while_the_window_lasts()
    {
        await using var node = await TestNode.StartAsync(Suspend, _time);
        await node.PostPaymentAsync(Samples.Body("A-1"));
        _time.Advance(TimeSpan.FromMinutes(9));
        await node.PostPaymentAsync(Samples.Body("A-2"));
        _time.Advance(TimeSpan.FromMinutes(11));
        await node.PostPaymentAsync(Samples.Body("A-3"));

        Assert.Equal([("A-1", null), ("A-2", "A-1"), ("A-3", null)], node.Payments.Duplicates);
    }

    [Theory]
    [InlineData(PaymentState.Failed, null)]
    [InlineData(PaymentState.Closed, null)]
    [InlineData(PaymentState.Suspended, "A-1")]
    [InlineData(PaymentState.Processing, "A-1")]
    public async Task Where_no_money_moves_under_the_first_the_merchant_may_try_again(PaymentState state, string? duplicateOf)
    {
        await using var node = await TestNode.StartAsync(Suspend, _time);
        await node.PostPaymentAsync(Samples.Body("A-1"));
        var content = node.Payments.Accepted.Single().Content;
        node.Payments.OnGet = id => new BookAnswer.Stored(
            Samples.Payment(id, content, _time.GetUtcNow()) with { State = state }, IsNew: false);

        await node.PostPaymentAsync(Samples.Body("A-2"));

        Assert.Equal(duplicateOf, node.Payments.Duplicates.Last().DuplicateOf);
    }

    [Fact]
    public async Task One_that_the_books_have_not_answered_yet_counts()
    {
        await using var node = await TestNode.StartAsync(Suspend, _time);
        var (entered, end) = (new TaskCompletionSource(), new TaskCompletionSource<BookAnswer>());
        node.Payments.OnAccept = (_, _) =>
        {
            entered.TrySetResult();
            return end.Task;
        };
        node.Payments.OnGet = _ => new BookAnswer.NoSuchPayment();
        var first = node.PostPaymentAsync(Samples.Body("A-1"));
        await entered.Task;
        node.Payments.OnAccept = null;

        await node.PostPaymentAsync(Samples.Body("A-2"));
        end.SetResult(new BookAnswer.NoChannelNow(TimeSpan.FromSeconds(1)));
        await first;
        var second = Samples.Payment(
            node.Payments.IdOf(new MerchantId("shop"), "A-2"), node.Payments.Accepted.Last().Content, _time.GetUtcNow());
        node.Payments.OnGet = id => id == second.Id
            ? new BookAnswer.Stored(second with { State = PaymentState.Failed }, IsNew: false)
            : new BookAnswer.NoSuchPayment();
        await node.PostPaymentAsync(Samples.Body("A-3"));

        Assert.Equal([("A-1", null), ("A-2", "A-1"), ("A-3", null)], node.Payments.Duplicates);
    }

    [Fact]
    public async Task Unless_it_is_configured_nobody_looks()
    {
        await using var node = await TestNode.StartAsync("", _time);

        await node.PostPaymentAsync(Samples.Body("A-1"));
        await node.PostPaymentAsync(Samples.Body("A-2"));

        Assert.All(node.Payments.Duplicates, sent => Assert.Null(sent.DuplicateOf));
    }
}
