using System.Text.Json.Nodes;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments.Ingress;

public sealed class AnswerTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public static TheoryData<string, int, string, string?> Refusals => new()
    {
        { nameof(BookAnswer.IdempotencyMismatch), 422, "idempotency_mismatch", null },
        { nameof(BookAnswer.StillAccepting), 409, "in_progress", "1" },
        { nameof(BookAnswer.NoRoute), 422, "no_route", null },
        { nameof(BookAnswer.NoChannelNow), 503, "no_channel", "3" },
        { nameof(BookAnswer.OutOfReach), 409, "in_progress", "1" },
    };

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_of_the_books_has_its_status(string answer, int status, string code, string? retryAfter)
    {
        _node.Payments.OnAccept = (_, _) => Task.FromResult(Of(answer));

        var reply = await _node.PostPaymentAsync(Samples.Body());

        Assert.Equal((status, code), (reply.Status, reply.Code));
        Assert.Equal(retryAfter, reply.Message.Headers.RetryAfter?.ToString());
        Assert.Equal("application/problem+json", reply.Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, (int?)reply.Json!["status"]);
        Assert.NotNull((string?)reply.Json["type"]);
        Assert.NotNull((string?)reply.Json["title"]);
    }

    [Fact]
    public async Task The_first_request_is_201_with_a_place_to_look_and_a_repeat_200()
    {
        var first = await _node.PostPaymentAsync(Samples.Body());
        var second = await _node.PostTextAsync("""
            { "currency": "CNY", "account": { "holder": "Zhang San", "bank": "ICBC", "number": "6222020000000001" },
              "metadata": {}, "amount": 12000, "product": "withhold", "order_no": "A-1001", "expires_in": 600,
              "notify_url": null }
            """);
        var other = await _node.PostPaymentAsync(new JsonObject(Samples.Body().Select(pair => KeyValuePair.Create(
            pair.Key, pair.Key == "amount" ? JsonValue.Create(12001) : pair.Value?.DeepClone()))));

        Assert.Equal((201, 200, 422), (first.Status, second.Status, other.Status));
        Assert.Equal((null, "true", null), (Replayed(first), Replayed(second), Replayed(other)));
        Assert.Equal($"/v1/payments/{(string?)first.Json!["id"]}", first.Message.Headers.Location?.ToString());
        Assert.Equal((string?)first.Json["id"], (string?)second.Json!["id"]);
    }

    [Theory]
    [InlineData(null, 10)]
    [InlineData("wait=0", 0)]
    [InlineData("respond-async, WAIT = \"7\"; x=y", 7)]
    [InlineData("wait=31", 30)]
    [InlineData("wait=99999999999999", 30)]
    [InlineData("wait=-1", 10)]
    [InlineData("wait=1.5", 10)]
    [InlineData("wait", 10)]
    [InlineData("wait=2, wait=5", 2)]
    public async Task The_wait_is_what_the_client_prefers(string? prefer, int seconds)
    {
        await _node.PostPaymentAsync(Samples.Body(), prefer: prefer);

        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.Single(_node.Payments.Accepted).Wait);
    }

    [Fact]
    public async Task Content_reaches_the_books_sealed_with_mode_and_expiry()
    {
        var body = Samples.Body();
        body["expires_in"] = 30;
        body["metadata"] = new JsonObject { ["k"] = "v" };

        await _node.PostPaymentAsync(body);

        var (content, expiresIn, _) = Assert.Single(_node.Payments.Accepted);
        Assert.Equal(TimeSpan.FromSeconds(30), expiresIn);
        Assert.Equal(("shop", "A-1001", 12000L), (content.Merchant.Value, content.OrderNo, content.Amount.Minor));
        Assert.Equal(("622202******0001", "ICBC"), (content.Account.MaskedNumber, content.Account.Bank));
        Assert.Equal("v", content.Metadata["k"]);
    }

    [Fact]
    public async Task An_error_after_the_hand_over_is_409_and_never_5xx()
    {
        _node.Payments.OnAccept = (_, _) => throw new InvalidOperationException("lost");
        var thrown = await _node.PostPaymentAsync(Samples.Body());
        _node.Payments.OnAccept = (_, _) => Task.FromCanceled<BookAnswer>(new CancellationToken(true));
        var cancelled = await _node.PostPaymentAsync(Samples.Body());
        _node.Payments.OnAccept = (content, _) => Task.FromResult<BookAnswer>(new BookAnswer.Stored(
            Samples.Payment(_node.Payments.IdOf(content.Merchant, content.OrderNo), content, default) with
            {
                State = (PaymentState)99,
            },
            IsNew: true));
        var unshowable = await _node.PostPaymentAsync(Samples.Body());

        Assert.All([thrown, cancelled, unshowable], answer => Assert.Equal((409, "in_progress"), (answer.Status, answer.Code)));
    }

    [Fact]
    public async Task A_stopping_node_takes_no_new_payment_and_still_answers_for_old_ones()
    {
        var before = await _node.PostPaymentAsync(Samples.Body());
        _node.Get<Readiness>().Drain();

        var refused = await _node.PostPaymentAsync(Samples.Body("A-2"));
        var read = await _node.GetAsync($"/v1/payments/{(string?)before.Json!["id"]}", "shop-key");

        Assert.Equal((503, "shutting_down", 200), (refused.Status, refused.Code, read.Status));
        Assert.NotNull(refused.Message.Headers.RetryAfter);
        Assert.True(refused.Message.Headers.ConnectionClose);
    }

    [Fact]
    public async Task A_client_that_goes_away_is_not_worth_a_line()
    {
        using var gone = new CancellationTokenSource();
        var waiting = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        _node.Payments.OnGet = _ => throw new InvalidOperationException("not asked");
        _node.Payments.OnAccept = async (_, cancellation) =>
        {
            cancellation.Register(cancelled.SetResult);
            waiting.SetResult();
            await cancelled.Task;
            return new BookAnswer.StillAccepting();
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_node.Address, "/v1/payments"))
        {
            Content = new StringContent(Samples.Body().ToJsonString(), null, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", "shop-key");

        var sent = _node.Client.SendAsync(request, gone.Token);
        await waiting.Task;
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));

        string[] loud = ["Warning", "Error", "Critical"];
        Assert.DoesNotContain(_node.Log.Lines, line => loud.Any(level => line.StartsWith(level, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not_found")]
    [InlineData("DELETE", "/v1/payments", 405, "method_not_allowed")]
    public async Task What_does_not_exist_is_a_problem_too(string method, string path, int status, string code)
    {
        var answer = await _node.SendAsync(new HttpMethod(method), path, "shop-key");

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    private static string? Replayed(Answer answer) =>
        answer.Message.Headers.TryGetValues("Idempotent-Replayed", out var values) ? values.Single() : null;

    private static BookAnswer Of(string name) => name switch
    {
        nameof(BookAnswer.IdempotencyMismatch) => new BookAnswer.IdempotencyMismatch(),
        nameof(BookAnswer.StillAccepting) => new BookAnswer.StillAccepting(),
        nameof(BookAnswer.NoRoute) => new BookAnswer.NoRoute(RouteReasons.None),
        nameof(BookAnswer.NoChannelNow) => new BookAnswer.NoChannelNow(TimeSpan.FromMilliseconds(2100)),
        _ => new BookAnswer.OutOfReach(),
    };
}
