using System.Reflection;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Notices;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments.Ingress;

/// <summary>
/// A merchant who reads "nothing was stored" takes a new number. So only a book that has looked for the number may say so,
/// and no refusal may come in the way of a number that is stored.
/// </summary>
public sealed class DenialTests
{
    private const string Claim = "Nothing was stored";

    /// <summary>Every refusal of the merchants' door that this node can give, and whether it may claim it.</summary>
    private static readonly Dictionary<string, (Refusal Refusal, bool MayClaim)> Table = new()
    {
        ["no_route: the book has looked, and no channel ever takes it"] = (PaymentRefusals.NoRouteFor(RouteReasons.None), true),
        ["no_channel: the book has looked, and no channel takes it now"] =
            (PaymentRefusals.NoChannel(TimeSpan.FromSeconds(1)), true),
        ["invalid: no number is read"] = (Refusals.Invalid("body", "must be a JSON object"), false),
        ["invalid: framing"] = (Refusals.Framing("content-length", "is wrong"), false),
        ["malformed: the web server's own"] = (Refusals.Malformed(400), false),
        ["unauthorized: no number is read"] = (Refusals.Unauthorized, false),
        ["address_not_allowed: no number is read"] = (Refusals.AddressNotAllowed, false),
        ["product_not_allowed: after the number was looked for"] = (PaymentRefusals.ProductNotAllowed, false),
        ["approval_required: after the number was looked for"] = (PaymentRefusals.ApprovalRequired, false),
        ["merchant_limit: after the number was looked for"] =
            (MerchantRefusals.MerchantLimit("x", TimeSpan.FromSeconds(1)), false),
        ["not_found: reads"] = (Refusals.NotFound, false),
        ["method_not_allowed"] = (Refusals.MethodNotAllowed, false),
        ["in_progress: nobody knows"] = (PaymentRefusals.InProgress, false),
        ["too_large: no number is read"] = (Refusals.TooLarge(1), false),
        ["idempotency_mismatch: something is stored"] = (PaymentRefusals.IdempotencyMismatch, false),
        ["internal: before the hand-over"] = (Refusals.Broken, false),
        ["overloaded: nobody has looked"] = (Refusals.Overloaded, false),
        ["shutting_down: nobody has looked"] = (Refusals.ShuttingDown, false),
        ["unavailable: reads"] = (Refusals.Unavailable, false),
    };

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Only_a_book_that_has_looked_says_that_nothing_was_stored(string row)
    {
        var (refusal, mayClaim) = Table[row];

        Assert.Equal(mayClaim, Claims(refusal));
    }

    [Fact]
    public void No_refusal_beside_the_table_claims_it()
    {
        Type[] named =
            [typeof(Refusals), typeof(PaymentRefusals), typeof(CaseRefusals), typeof(ChannelRefusals), typeof(NoticeRefusals)];

        var others = named.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => field.GetValue(null))
            .OfType<Refusal>();

        Assert.All(others, refusal => Assert.False(Claims(refusal), refusal.Code));
    }

    [Theory]
    [InlineData("router.merchants.shop.limits.rate-per-second = 1", 200)]
    [InlineData("router.merchants.shop.limits.amount-per-payment = 1", 200)]
    [InlineData("router.merchants.shop.limits.amount-per-day = 1", 200)]
    [InlineData("router.merchants.shop.products = [payout]", 200)]
    public async Task What_is_stored_is_answered_whatever_refuses_what_is_not(string hocon, int status)
    {
        await using var node = await TestNode.StartAsync(hocon, new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        var content = await StoredContentAsync();
        node.Payments.Put(Samples.Payment(node.Payments.IdOf(content.Merchant, content.OrderNo), content, default));
        await node.PostPaymentAsync(Samples.Body("A-2"));

        var known = await node.PostPaymentAsync(Samples.Body());
        var unknown = await node.PostPaymentAsync(Samples.Body("A-3"));
        node.Payments.OnGet = _ => new BookAnswer.OutOfReach();
        var nobodyKnows = await node.PostPaymentAsync(Samples.Body());

        Assert.Equal((status, 409), (known.Status, nobodyKnows.Status));
        Assert.True(unknown.Status is 403 or 429, unknown.Text);
    }

    [Fact]
    public async Task A_known_number_beyond_the_requests_at_once_is_answered_at_once()
    {
        await using var node = await TestNode.StartAsync("router.merchants.shop.limits.in-flight = 1");
        var (entered, end) = (new TaskCompletionSource(), new TaskCompletionSource<BookAnswer>());
        await node.PostPaymentAsync(Samples.Body());
        node.Payments.OnWait = (_, _, wait) =>
        {
            Assert.True(entered.TrySetResult() || wait.Longest == TimeSpan.Zero);
            return entered.Task.IsCompleted && wait.Longest == TimeSpan.Zero
                ? Task.FromResult<BookAnswer>(new BookAnswer.StillAccepting())
                : end.Task;
        };
        var running = node.PostPaymentAsync(Samples.Body("A-2"));
        await entered.Task;

        // The books answer 409 of a number that they know, to tell it from a refusal by the limit.
        var known = await node.PostPaymentAsync(Samples.Body());
        var unknown = await node.PostPaymentAsync(Samples.Body("A-3"));
        end.SetResult(new BookAnswer.StillAccepting());
        await running;

        Assert.Equal((409, 429), (known.Status, unknown.Status));
    }

    [Fact]
    public async Task A_payment_that_has_left_memory_is_not_denied_while_the_read_model_is_away()
    {
        await using var node = await WholeNode.StartAsync(
            """{ "customer_failure_rate": 0, "success_rate": 1 }""",
            "router.book { keep-closed-for = 10ms, projection-every = 20ms }");
        var first = await node.PayAsync("A-1", "withhold", wait: 10);
        await WholeNode.EventuallyAsync(async () =>
        {
            await node.SqlAsync("alter table payments rename to payments_away");
            var repeat = await node.PayAsync("A-1", "withhold", wait: 0);
            await node.SqlAsync("alter table payments_away rename to payments");
            Assert.True(repeat.Status is 200 or 409, $"{repeat.Status} {repeat.Json}");
            return repeat.Status == 409;
        });
        var back = await node.PayAsync("A-1", "withhold", wait: 0);

        Assert.Equal((201, 200), (first.Status, back.Status));
        Assert.Equal((string?)first.Json["id"], (string?)back.Json["id"]);
    }

    private static bool Claims(Refusal refusal) => $"{refusal.Title} {refusal.Detail}".Contains(Claim, StringComparison.Ordinal);

    private static async Task<PaymentContent> StoredContentAsync()
    {
        await using var node = await TestNode.StartAsync();
        await node.PostPaymentAsync(Samples.Body());
        return node.Payments.Accepted.Single().Content;
    }
}
