using System.Collections.Frozen;
using System.Text;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Tests.Payments;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Node.Webhooks;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Webhooks;

public sealed class WebhookEventsOnSqlite : WebhookEventsContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();

    protected override async Task<string> PlanAsync(string statement, params (string Name, object Value)[] parameters) =>
        string.Join('\n', await Database.QueryAsync(
            $"explain query plan {statement}", row => row.GetString(3), CancellationToken.None, parameters));

    protected override void IsBounded(string plan)
    {
        Assert.StartsWith("SEARCH notifications USING INDEX notifications_merchant (", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }
}

[Collection(PostgresCollection.Name)]
public sealed class WebhookEventsOnPostgreSql(PostgresFixture postgres) : WebhookEventsContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);

    protected override async Task<string> PlanAsync(string statement, params (string Name, object Value)[] parameters)
    {
        await Database.WriteAsync(
            async connection => await connection.ExecuteAsync("analyze notifications", CancellationToken.None),
            CancellationToken.None);
        return string.Join('\n', await Database.QueryAsync(
            $"explain {statement}", row => row.GetString(0), CancellationToken.None, parameters));
    }

    protected override void IsBounded(string plan)
    {
        Assert.Contains("Index Scan using notifications_merchant on notifications", plan, StringComparison.Ordinal);
        Assert.DoesNotMatch("Sort|Filter|Seq Scan|Bitmap", plan);
    }
}

public abstract class WebhookEventsContract : DatabaseContract, IWebhookSource
{
    private static readonly DateTimeOffset At = PaymentSamples.At;
    private static readonly MerchantId Demo = new("demo");
    private static readonly MerchantId Other = new("other");

    private PaymentReadModel? _model;
    private long _sequence;

    private WebhookEvents Events => new(Database);

    /// <summary>Merchants with other names than "demo" have no URL.</summary>
    public NewWebhook? Of(Payment payment) => payment.State.Notification() is { } type
        ? new NewWebhook(
            NotificationId.Of(payment.Id, type, 1), payment.Content.Merchant, payment.Id, type,
            payment.Content.Merchant == Demo ? "https://shop.example/hook" : null, Encoding.UTF8.GetBytes($"{payment.Id}"),
            payment.UpdatedAt)
        : null;

    protected override async Task OpenAsync()
    {
        _model = await PaymentReadModel.OpenAsync(Database, this, CancellationToken.None);
    }

    [Fact]
    public async Task Pages_hold_every_event_of_the_merchant_once_in_the_order_of_writing()
    {
        var mine = Enumerable.Range(0, 23).Select(i => Ended($"A-{i}", Demo, i % 7)).ToArray();
        var theirs = Enumerable.Range(0, 5).Select(i => Ended($"B-{i}", Other, i)).ToArray();
        Assert.Equal([Demo], await WriteAsync([.. mine, .. theirs]));

        var (told, after) = (new List<NotificationId>(), (NotificationId?)null);
        do
        {
            var page = await ListAsync(Demo, after, limit: 4);
            Assert.InRange(page!.Items.Count, 1, 4);
            told.AddRange(page.Items.Select(one => one.Id));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(
            mine.Select(one => Of(one)!).OrderBy(one => one.At).ThenBy(one => one.Id.Value, StringComparer.Ordinal)
                .Select(one => one.Id),
            told);
        Assert.Equal(5, (await ListAsync(Other, null, 100))!.Items.Count);
        Assert.Empty((await ListAsync(Demo, told[^1], 100))!.Items);
    }

    [Fact]
    public async Task An_event_that_is_too_young_too_old_or_of_the_other_mode_is_not_listed()
    {
        var live = Ended("A-3", Demo, 3);
        await WriteAsync(
            Ended("A-1", Demo, 1), Ended("A-2", Demo, 2), live with { Content = live.Content with { Mode = ChannelMode.Live } },
            Ended("A-4", Demo, 4));

        var listed = await Events.ListAsync(
            Demo, ChannelMode.Sandbox, null, At.AddSeconds(2), At.AddSeconds(4), 10, CancellationToken.None);
        var ofLive = await Events.ListAsync(
            Demo, ChannelMode.Live, null, At, At.AddSeconds(9), 1, CancellationToken.None);

        Assert.Equal([Id("A-2")], listed!.Items.Select(one => one.Id));
        Assert.Equal($"{PaymentSamples.IdOf("A-2")}", Encoding.UTF8.GetString(listed.Items[0].Body.Span));
        Assert.Equal([Id("A-3")], ofLive!.Items.Select(one => one.Id));
    }

    [Fact]
    public async Task An_event_of_nobody_of_another_or_of_long_ago_is_no_place_to_go_on_from()
    {
        await WriteAsync(Ended("A-1", Demo, 1), Ended("B-1", Other, 1));

        Assert.Null(await ListAsync(Demo, Id("B-1"), 10));
        Assert.Null(await ListAsync(Demo, Id("A-9"), 10));
        Assert.Null(await Events.ListAsync(
            Demo, ChannelMode.Sandbox, Id("A-1"), At.AddSeconds(2), At.AddSeconds(9), 10, CancellationToken.None));
        Assert.NotNull(await ListAsync(Demo, Id("A-1"), 10));
    }

    [Fact]
    public async Task What_is_never_sent_is_not_due_not_sent_again_and_deleted_with_its_age()
    {
        var outbox = new WebhookOutbox(Database);
        Assert.Empty(await WriteAsync(Ended("B-1", Other, 1)));

        Assert.Equal(0, (await outbox.BacklogAsync(Other, CancellationToken.None)).Pending);
        Assert.False(await outbox.ResendAsync(Id("B-1"), "alice", At, CancellationToken.None));
        var entry = await new WebhookLog(Database).FindAsync(Id("B-1"), CancellationToken.None);
        Assert.False(entry!.IsSent);
        Assert.Equal(1, await outbox.PruneAsync(Other, At.AddSeconds(5), 10, CancellationToken.None));
    }

    [Fact]
    public async Task A_range_is_found_up_to_its_limit_and_is_due_again()
    {
        await WriteAsync([.. Enumerable.Range(0, 6).Select(i => Ended($"A-{i}", Demo, i)), Ended("B-1", Other, 2)]);
        var outbox = new WebhookOutbox(Database);
        var (ids, next) = await Events.SentAsync(
            Demo, ChannelMode.Sandbox, At.AddSeconds(1), At.AddSeconds(5), 3, CancellationToken.None);
        var all = await Events.SentAsync(
            Demo, ChannelMode.Sandbox, At.AddSeconds(1), At.AddSeconds(5), 9, CancellationToken.None);
        var unsent = await Events.SentAsync(Other, ChannelMode.Sandbox, At, At.AddSeconds(5), 9, CancellationToken.None);

        Assert.Equal([Id("A-1"), Id("A-2"), Id("A-3")], ids);
        Assert.Equal((At.AddSeconds(4), 4, null), (next!.Value, all.Ids.Count, all.Next));
        Assert.Empty(unsent.Ids);

        var record = new AuditEntry("resend/1", At, "merchant demo", "3 sent again", null, null, null);
        Assert.Equal(3, await outbox.ResendAsync(ids, record, At.AddDays(1), CancellationToken.None));
        var log = await new WebhookLog(Database).ListAsync(new WebhookFilter(Demo, null, null), 10, null, CancellationToken.None);
        Assert.Equal(
            ids.Select(id => id.Value).Order(StringComparer.Ordinal),
            log.Items.Where(one => one.DueAt == At.AddDays(1)).Select(one => one.Id.Value).Order(StringComparer.Ordinal));
        var audit = await new AuditTrail(Database).ListAsync(10, null, CancellationToken.None);
        Assert.Equal("3 sent again", Assert.Single(audit).What);
    }

    [Fact]
    public async Task No_page_scans_the_table()
    {
        await WriteAsync([.. Enumerable.Range(0, 3_000).Select(i => Ended($"A-{i}", i % 3 == 0 ? Demo : Other, i))]);

        IsBounded(await PlanAsync(
            WebhookEvents.Page,
            ("merchant", "demo"), ("at", At.AddSeconds(100).ToUnixTimeMilliseconds()), ("id", "msg_1"),
            ("until", At.AddSeconds(900).ToUnixTimeMilliseconds()), ("limit", 101L)));
    }

    protected abstract Task<string> PlanAsync(string statement, params (string Name, object Value)[] parameters);

    protected abstract void IsBounded(string plan);

    private static Payment Ended(string orderNo, MerchantId merchant, int second)
    {
        var accepted = PaymentSamples.Accepted(orderNo);
        return accepted with
        {
            Content = accepted.Content with { Merchant = merchant },
            State = PaymentState.Succeeded,
            CountedChanges = 1,
            UpdatedAt = At.AddSeconds(second),
        };
    }

    private static NotificationId Id(string orderNo) =>
        NotificationId.Of(PaymentSamples.IdOf(orderNo), NotificationType.PaymentSucceeded, 1);

    private Task<EventPage?> ListAsync(MerchantId merchant, NotificationId? after, int limit) =>
        Events.ListAsync(merchant, ChannelMode.Sandbox, after, At, At.AddDays(1), limit, CancellationToken.None);

    private async Task<IReadOnlyList<MerchantId>> WriteAsync(params Payment[] payments)
    {
        var row = _sequence + 1;
        var told = await _model!.WriteAsync(
            1, _sequence, row,
            new ReadModelChanges(
                [.. payments.Select(payment => (payment, row))], FrozenSet<PaymentId>.Empty,
                [.. payments.Select(payment => (payment, row))]),
            CancellationToken.None);
        _sequence = row;
        return told;
    }
}
