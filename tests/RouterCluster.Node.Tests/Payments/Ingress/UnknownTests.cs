using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments.Ingress;

public sealed class UnknownTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task What_is_unknown_is_counted_by_channel_merchant_and_age()
    {
        Put("A-1", "alpha", minutes: 5);
        Put("A-2", "alpha", minutes: 50);
        Put("A-3", "bravo", minutes: 0);

        var unknown = (await _node.GetAsync("/admin/v1/unknown", "t-viewer")).Json!;

        Assert.Equal((3, true), ((int)unknown["count"]!, (bool)unknown["complete"]!));
        var first = unknown["items"]![0]!;
        Assert.Equal(("alpha", "shop", 2), ((string?)first["channel"], (string?)first["merchant"], (int)first["count"]!));
        Assert.Equal(
            [0, 1, 1, 0],
            new[] { "under_1m", "under_10m", "under_60m", "longer" }.Select(band => (int)first["ages"]![band]!["count"]!));
        Assert.InRange((int)first["oldest_seconds"]!, 3000, 3100);
    }

    [Fact]
    public async Task A_payment_is_asked_about_and_that_is_on_record()
    {
        var payment = Put("A-1", "alpha", minutes: 5);

        var answer = await PostAsync($"payments/{payment.Id}/ask", """{ "reason": "on the phone" }""");

        Assert.Equal((200, true), (answer.Status, (bool)answer.Json!["asked"]!));
        Assert.Equal([payment.Id], _node.Payments.AskedAbout);
        var entry = Assert.Single(_node.Cluster.Audited);
        Assert.Equal(
            ("oscar", "asked alpha about it", "on the phone", payment.Id.Value),
            (entry.By, entry.What, entry.Reason, entry.Payment));
    }

    [Fact]
    public async Task A_question_that_is_on_its_way_is_not_asked_twice()
    {
        var payment = Put("A-1", "alpha", minutes: 5);
        _node.Payments.OnAsk = _ => new BookAnswer.Stored(payment, IsNew: false);

        Assert.False((bool)(await PostAsync($"payments/{payment.Id}/ask", null)).Json!["asked"]!);
    }

    [Theory]
    [InlineData(PaymentRefusal.NothingToAsk, "nothing_to_ask")]
    [InlineData(PaymentRefusal.AttemptStillOpen, "still_sending")]
    public async Task A_book_that_has_nothing_to_ask_says_why(PaymentRefusal why, string code)
    {
        var payment = Put("A-1", "alpha", minutes: 5);
        _node.Payments.OnAsk = _ => new BookAnswer.Refused(why);

        var answer = await PostAsync($"payments/{payment.Id}/ask", null);

        Assert.Equal((409, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Who_may_not_change_anything_asks_nothing()
    {
        var payment = Put("A-1", "alpha", minutes: 5);

        foreach (var path in new[] { $"payments/{payment.Id}/ask", "unknown/ask" })
        {
            Assert.Equal(403, (await PostAsync(path, """{ "channel": "alpha" }""", "t-viewer")).Status);
        }

        Assert.Empty(_node.Payments.AskedAbout);
        Assert.Empty(_node.Cluster.Audited);
    }

    [Fact]
    public async Task What_has_ended_or_is_not_there_is_not_asked_about()
    {
        var ended = Samples.Rerouted(_node.Payments.IdOf(new MerchantId("shop"), "A-9"), new MerchantId("shop"), "A-9");
        _node.Payments.Put(ended with { State = PaymentState.Failed, Attempts = [] });

        Assert.Equal("nothing_to_ask", (await PostAsync($"payments/{ended.Id}/ask", null)).Code);
        Assert.Equal("not_found", (await PostAsync("payments/pay_nothing/ask", null)).Code);
        Assert.Empty(_node.Cluster.Audited);
    }

    [Fact]
    public async Task All_of_a_channel_are_asked_about_the_oldest_first_and_once_at_a_time()
    {
        var (younger, older, other) =
            (Put("A-1", "alpha", minutes: 5), Put("A-2", "alpha", minutes: 50), Put("A-3", "bravo", minutes: 5));
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _node.Payments.OnAsk = id =>
        {
            held.TrySetResult();
            return new BookAnswer.Stored(id == older.Id ? older : younger, IsNew: true);
        };

        var answer = await PostAsync("unknown/ask", """{ "channel": "alpha", "rate_per_second": 0.5, "reason": "back" }""");
        await held.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal((202, 2), (answer.Status, (int)answer.Json!["count"]!));
        Assert.Equal(older.Id, _node.Payments.AskedAbout.First());
        var asking = (await _node.GetAsync("/admin/v1/unknown", "t-viewer")).Json!["asking"]!.AsArray();
        Assert.Equal("alpha", (string?)Assert.Single(asking)!["channel"]);
        Assert.Equal("asking_already", (await PostAsync("unknown/ask", """{ "channel": "alpha" }""")).Code);
        Assert.Equal("asked alpha about 2 unknown payments at 0.5 per second", Assert.Single(_node.Cluster.Audited).What);
        Assert.DoesNotContain(other.Id, _node.Payments.AskedAbout);
    }

    [Theory]
    [InlineData("""{ "channel": "zulu" }""", 404, "")]
    [InlineData("""{ "rate_per_second": 1 }""", 400, "channel")]
    [InlineData("""{ "channel": "alpha", "rate_per_second": 1000 }""", 400, "rate_per_second")]
    [InlineData("""{ "channel": "alpha", "rate_per_second": 0.01 }""", 400, "rate_per_second")]
    [InlineData("""{ "channel": "alpha", "reason": " " }""", 400, "reason")]
    public async Task A_wrong_run_is_refused(string body, int status, string field)
    {
        var answer = await PostAsync("unknown/ask", body);

        Assert.Equal(status, answer.Status);
        Assert.Equal(field.Length == 0 ? [] : [field], answer.Fields);
    }

    private Task<Answer> PostAsync(string path, string? body, string token = "t-operator") =>
        _node.SendAsync(HttpMethod.Post, $"/admin/v1/{path}", token, body);

    private Payment Put(string orderNo, string channel, int minutes)
    {
        var merchant = new MerchantId("shop");
        var payment = Samples.Rerouted(_node.Payments.IdOf(merchant, orderNo), merchant, orderNo);
        var began = DateTimeOffset.UtcNow.AddMinutes(-minutes);
        var unknown = payment with
        {
            State = PaymentState.Processing,
            Attempts =
            [
                payment.Attempts[0] with
                {
                    Channel = new ChannelId(channel), State = AttemptState.Processing, Outcome = Outcome.Unknown("timeout"),
                    StartedAt = began, EndedAt = null,
                },
            ],
        };
        _node.Payments.Put(unknown);
        _node.History.Payments.Add(unknown);
        return unknown;
    }
}
