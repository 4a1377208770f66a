using System.Collections.Frozen;
using System.Text;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Tests.Payments;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Node.Webhooks;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Webhooks;

public sealed class NotificationOutboxOnSqlite : NotificationOutboxContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();
}

[Collection(PostgresCollection.Name)]
public sealed class NotificationOutboxOnPostgreSql(PostgresFixture postgres) : NotificationOutboxContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);
}

public abstract class NotificationOutboxContract : DatabaseContract, IWebhookSource
{
    private const string Url = "https://shop.example/hook";
    private const string Other = "https://shop.example/other";

    private static readonly MerchantId Demo = new("demo");
    private static readonly DueQuery All = new("", 100, 100, [], []);
    private static readonly DateTimeOffset Now = PaymentSamples.At.AddHours(1);

    private PaymentReadModel? _model;
    private long _sequence;

    private WebhookOutbox Outbox => new(Database);

    private WebhookLog Log => new(Database);

    private AuditTrail Audit => new(Database);

    protected override async Task OpenAsync()
    {
        _model = await PaymentReadModel.OpenAsync(Database, this, CancellationToken.None);
    }

    [Fact]
    public async Task A_payments_end_is_written_with_what_its_merchant_is_told()
    {
        var payment = Succeeded("A-1");
        Assert.Equal([Demo], await Write(payment));

        var due = Assert.Single((await Due()).Due);
        Assert.Equal(NotificationId.Of(payment.Id, NotificationType.PaymentSucceeded, 1), due.Id);
        Assert.Equal((Demo, Url, 0, 0L, false), (due.Merchant, due.Url, due.Attempts, due.Round, due.IsHeld));
        Assert.Equal($"PaymentSucceeded of {payment.Id}", Encoding.UTF8.GetString(due.Body.Span));
    }

    [Fact]
    public async Task Rows_that_do_not_follow_tell_nobody_anything()
    {
        await Write(PaymentSamples.Accepted("A-0"));
        var late = _model!.WriteAsync(1, 7, 8, Changes((Succeeded("A-1"), 8)), CancellationToken.None);

        await Assert.ThrowsAsync<ProjectionGapException>(() => late);
        Assert.Empty((await Due()).Due);
    }

    [Fact]
    public async Task What_is_projected_a_second_time_is_told_once_and_stays_as_it_was_told()
    {
        var payment = Succeeded("A-1");
        await Write(payment);
        var id = NotificationId.Of(payment.Id, NotificationType.PaymentSucceeded, 1);
        await Record(Delivered(id));

        // An ended payment is written once more after a restart, so that it can be forgotten.
        Assert.Empty(await _model!.WriteAsync(
            1, _sequence, _sequence, Changes((payment, _sequence)), CancellationToken.None));
        await Write(payment with { UpdatedAt = Now });

        Assert.Empty((await Due()).Due);
        Assert.Equal(NotificationState.Delivered, (await Log.FindAsync(id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task Each_state_that_a_payment_passes_through_in_one_write_is_told()
    {
        var payment = PaymentSamples.Accepted("A-1");
        var suspended = payment with { State = PaymentState.Suspended, CountedChanges = 1 };
        var succeeded = payment with { State = PaymentState.Succeeded, CountedChanges = 2 };
        await _model!.WriteAsync(
            1, 0, 3,
            new ReadModelChanges([(succeeded, 3)], FrozenSet<PaymentId>.Empty, [(suspended, 2), (succeeded, 3)]),
            CancellationToken.None);

        var types = (await List(new WebhookFilter(null, payment.Id, null))).Select(entry => entry.Type);
        Assert.Equal([NotificationType.PaymentSucceeded, NotificationType.PaymentSuspended], types.Order());
        Assert.Equal(PaymentState.Succeeded, (await _model.FindAsync(payment.Id, CancellationToken.None))!.Value.Payment.State);
    }

    [Fact]
    public async Task A_second_change_to_the_same_state_is_told_beside_the_row_of_the_first()
    {
        // As a table has it that was written before changes were counted.
        var failed = PaymentSamples.Accepted("A-1") with { State = PaymentState.Failed };
        await Write(failed);
        await Record(Delivered(NotificationId.Of(failed.Id, NotificationType.PaymentFailed, 1)));
        Payment[] ruled =
        [
            failed with { State = PaymentState.Succeeded, CountedChanges = 2, UpdatedAt = Now },
            failed with { CountedChanges = 3, UpdatedAt = Now },
        ];

        await Write(ruled[0]);
        await Write(ruled[1]);

        var told = await List(new WebhookFilter(null, failed.Id, null));
        NotificationId[] ids =
        [
            NotificationId.Of(failed.Id, NotificationType.PaymentFailed, 1),
            NotificationId.Of(failed.Id, NotificationType.PaymentSucceeded, 2),
            NotificationId.Of(failed.Id, NotificationType.PaymentFailed, 3),
        ];
        Assert.Equal(ids.OrderBy(id => id.Value), told.Select(entry => entry.Id).OrderBy(id => id.Value));
        Assert.Equal(NotificationState.Delivered, told.Single(entry => entry.Id == ids[0]).State);
        Assert.Equal(2, (await Due()).Due.Count);
    }

    [Fact]
    public async Task Only_what_is_due_is_read_the_longest_due_first_and_when_the_next_is()
    {
        var ids = await WriteMany(3);
        await Record(Retried(ids[0], Now.AddMinutes(1)), Retried(ids[1], Now.AddMinutes(-1)));

        var page = await Due();
        Assert.Equal([ids[2], ids[1]], page.Due.Select(due => due.Id));
        Assert.Equal(1, page.Due[1].Attempts);
        Assert.Equal(Now.AddMinutes(1), page.NextDue);
        var first = await Outbox.ReadDueAsync(Demo, Now, All with { LimitOfEndpoint = 1 }, CancellationToken.None);
        Assert.Equal(ids[2], Assert.Single(first.Due).Id);
        Assert.Empty((await Outbox.ReadDueAsync(new MerchantId("other"), Now, All, CancellationToken.None)).Due);
    }

    [Fact]
    public async Task A_look_goes_from_endpoint_to_endpoint_past_those_that_are_left_out()
    {
        string[] urls =
        [
            "https://a.example/hook", "https://a.example/hook?n=1", "https://a.example.org/hook", "https://a.example:8443/hook",
            "https://b.example/Hook?n=2", "https://b.example/other", "https://c.example?n=3",
        ];
        await WriteMany(urls.Length, number => urls[number]);

        Assert.Equal(
            ["a.example.org/hook", "a.example/hook", "a.example/hook?n=1", "a.example:8443/hook", "b.example/Hook?n=2",
                "b.example/other", "c.example?n=3"],
            await Urls(All));
        Assert.Equal(
            ["a.example.org/hook", "a.example:8443/hook", "b.example/other", "c.example?n=3"],
            await Urls(All with { Hosts = ["https://a.example"], Endpoints = ["https://b.example/Hook"] }));
        var first = await Outbox.ReadDueAsync(Demo, Now, All with { Limit = 2, LimitOfEndpoint = 2 }, CancellationToken.None);
        Assert.Equal((3, "https://a.example/hook", "https://a.example/hook"), (first.Due.Count, first.Next, first.More.Single()));
        Assert.Equal("a.example:8443/hook", (await Urls(All with { After = first.Next! }))[0]);

        async Task<List<string>> Urls(DueQuery query) =>
            (await Outbox.ReadDueAsync(Demo, Now, query, CancellationToken.None)).Due
                .Select(due => due.Url["https://".Length..]).ToList();
    }

    [Fact]
    public async Task What_is_delivered_or_given_up_is_due_no_more()
    {
        var ids = await WriteMany(2);
        await Record(Delivered(ids[0]), Retried(ids[1], Now) with { State = NotificationState.Failed, Attempts = 9 });

        Assert.Equal(new DuePage([], null).NextDue, (await Due()).NextDue);
        Assert.Empty((await Due()).Due);
        Assert.Equal(new WebhookBacklog(0, null), await Outbox.BacklogAsync(Demo, CancellationToken.None));
        var failed = await Log.FindAsync(ids[1], CancellationToken.None);
        Assert.Equal((NotificationState.Failed, 9, "timeout"), (failed!.State, failed.Attempts, failed.LastError));
        Assert.Null(failed.DueAt);
    }

    [Fact]
    public async Task A_URL_that_is_gone_holds_what_is_pending_for_it_until_it_is_enabled()
    {
        var ids = await WriteMany(3, number => number == 2 ? Other : Url);
        await Outbox.RecordAsync(
            Demo, [Retried(ids[0], Now) with { State = NotificationState.Held, Outcome = DeliveryOutcome.Answered(410) }], [Url],
            CancellationToken.None);

        Assert.Equal([ids[2]], (await Due()).Due.Select(due => due.Id));
        var later = (await WriteMany(1, _ => Url, "later"))[0];
        Assert.Equal([false, true], (await Due()).Due.OrderBy(due => due.IsHeld).Select(due => due.IsHeld));
        await Outbox.RecordAsync(Demo, [], [Url], CancellationToken.None);
        Assert.Equal(NotificationState.Held, (await Log.FindAsync(later, CancellationToken.None))!.State);

        Assert.Equal(3, await Outbox.EnableAsync(Demo, "oscar", Now, CancellationToken.None));
        Assert.Equal(4, (await Due()).Due.Count);
        Assert.DoesNotContain((await Due()).Due, due => due.IsHeld);

        // Somebody enabled it between the look and the hold: nothing is held.
        await Outbox.RecordAsync(Demo, [], [Url], CancellationToken.None);
        Assert.Equal(4, (await Due()).Due.Count);
    }

    [Fact]
    public async Task Sent_again_it_begins_a_round_that_the_one_before_does_not_end()
    {
        var id = (await WriteMany(1))[0];
        await Record(Delivered(id));

        Assert.True(await Outbox.ResendAsync(id, "oscar", Now, CancellationToken.None));
        await Record(Delivered(id));
        var due = Assert.Single((await Due()).Due);
        Assert.Equal((id, 0, 1L), (due.Id, due.Attempts, due.Round));
        await Record(Delivered(id) with { Round = 1 });
        Assert.Empty((await Due()).Due);
        Assert.False(await Outbox.ResendAsync(new NotificationId("msg_unknown"), "oscar", Now, CancellationToken.None));
    }

    [Fact]
    public async Task What_operators_had_sent_again_or_enabled_is_in_the_audit_trail_with_how_it_had_gone()
    {
        var ids = await WriteMany(3);
        await Record(Retried(ids[0], Now) with { State = NotificationState.Failed, Attempts = 9 });
        await Outbox.RecordAsync(
            Demo,
            [Retried(ids[1], Now) with { State = NotificationState.Held, Attempts = 4, Outcome = DeliveryOutcome.Answered(410) }],
            [Url], CancellationToken.None);

        await Outbox.ResendAsync(ids[0], "oscar", Now, CancellationToken.None);
        await Outbox.ResendAsync(ids[0], "olga", Now.AddSeconds(1), CancellationToken.None);
        await Outbox.EnableAsync(Demo, "alice", Now.AddSeconds(2), CancellationToken.None);
        await Outbox.ResendAsync(new NotificationId("msg_unknown"), "oscar", Now, CancellationToken.None);

        var rows = await Audit.ListAsync(10, null, CancellationToken.None);
        Assert.Equal(["alice", "olga", "oscar"], rows.Select(row => row.By));
        Assert.Equal(
            [$"notifications to {Demo} enabled", $"notification {ids[0]} sent again", $"notification {ids[0]} sent again"],
            rows.Select(row => row.What));
        Assert.StartsWith($"2 held, after 4 attempts in all; {Url} gone since ", rows[0].Evidence, StringComparison.Ordinal);
        Assert.Equal($"to {Url}; it was pending after 0 attempts, the last one ended with timeout", rows[1].Evidence);
        Assert.Equal($"to {Url}; it was failed after 9 attempts, the last one ended with timeout", rows[2].Evidence);
        Assert.Equal([false, true, true], rows.Select(row => row.Payment is not null));
    }

    [Fact]
    public async Task The_backlog_is_counted_with_its_oldest()
    {
        var ids = await WriteMany(3);
        await Record(Delivered(ids[0]));

        var backlog = await Outbox.BacklogAsync(Demo, CancellationToken.None);
        Assert.Equal(new WebhookBacklog(2, PaymentSamples.At.AddSeconds(1)), backlog);
    }

    [Fact]
    public async Task The_log_comes_in_pages_the_newest_first_and_by_filter()
    {
        var ids = await WriteMany(5);
        await Record(Delivered(ids[1]), Retried(ids[3], Now.AddHours(1)));

        var listed = new List<NotificationId>();
        string? cursor = null;
        do
        {
            var page = await Log.ListAsync(new WebhookFilter(Demo, null, null), 2, cursor, CancellationToken.None);
            listed.AddRange(page.Items.Select(entry => entry.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Reverse(ids), listed);
        Assert.Equal([ids[1]], (await List(new(null, null, NotificationState.Delivered))).Select(entry => entry.Id));
        Assert.Equal(4, (await List(new(Demo, null, NotificationState.Pending))).Count);
        Assert.Empty(await List(new(new MerchantId("other"), null, null)));
        var retried = Assert.Single(await List(new(null, PaymentSamples.IdOf("many-3"), null)));
        Assert.Equal(
            (Now.AddHours(1), Now, null, "timeout"),
            (retried.DueAt, retried.LastAt, retried.LastStatus, retried.LastError));
        await Assert.ThrowsAsync<FormatException>(
            () => Log.ListAsync(new(null, null, null), 2, "1.rubbish", CancellationToken.None));
    }

    public NewWebhook? Of(Payment payment) => payment.State.Notification() is { } type
        ? new NewWebhook(
            NotificationId.Of(payment.Id, type, payment.LastChange), payment.Content.Merchant, payment.Id, type,
            payment.Content.NotifyUrl ?? Url,
            Encoding.UTF8.GetBytes($"{type} of {payment.Id}"), payment.UpdatedAt)
        : null;

    private static Payment Succeeded(string orderNo, string url = Url)
    {
        var accepted = PaymentSamples.Accepted(orderNo);
        return accepted with { State = PaymentState.Succeeded, Content = accepted.Content with { NotifyUrl = url } };
    }

    [Fact]
    public async Task The_oldest_delivered_ones_are_pruned_page_by_page_and_nothing_else()
    {
        var ids = await WriteMany(6);
        await Record(Delivered(ids[0]), Delivered(ids[2]), Delivered(ids[3]), Delivered(ids[5]));
        var before = PaymentSamples.At.AddSeconds(5);

        Assert.Equal(0, await Outbox.PruneAsync(new MerchantId("other"), before, 2, CancellationToken.None));
        Assert.Equal(2, await Outbox.PruneAsync(Demo, before, 2, CancellationToken.None));
        Assert.Equal([ids[1], ids[3], ids[4], ids[5]], await Left());
        Assert.Equal(1, await Outbox.PruneAsync(Demo, before, 2, CancellationToken.None));
        Assert.Equal(0, await Outbox.PruneAsync(Demo, before, 2, CancellationToken.None));

        Assert.Equal([ids[1], ids[4], ids[5]], await Left());
        Assert.Equal([ids[1], ids[4]], (await Due()).Due.Select(due => due.Id));

        async Task<IEnumerable<NotificationId>> Left() =>
            (await List(new WebhookFilter(Demo, null, null))).Select(entry => entry.Id).Reverse();
    }

    private static DeliveryRecord Delivered(NotificationId id) =>
        new(id, Url, 0, NotificationState.Delivered, 1, Now, Now, DeliveryOutcome.Answered(200));

    private static DeliveryRecord Retried(NotificationId id, DateTimeOffset dueAt) =>
        new(id, Url, 0, NotificationState.Pending, 1, Now, dueAt, DeliveryOutcome.Unanswered("timeout"));

    /// <summary>Written a second after one another.</summary>
    private async Task<NotificationId[]> WriteMany(int count, Func<int, string>? url = null, string name = "many")
    {
        var payments = Enumerable.Range(0, count)
            .Select(i => Succeeded($"{name}-{i}", url?.Invoke(i) ?? Url) with { UpdatedAt = PaymentSamples.At.AddSeconds(i) })
            .ToArray();
        await Write(payments);
        return [.. payments.Select(payment => NotificationId.Of(payment.Id, NotificationType.PaymentSucceeded, 1))];
    }

    private Task<IReadOnlyList<MerchantId>> Write(params Payment[] payments)
    {
        var from = _sequence++;
        return _model!.WriteAsync(
            1, from, _sequence, Changes([.. payments.Select(payment => (payment, _sequence))]), CancellationToken.None);
    }

    /// <summary>Every payment has just come into its state.</summary>
    private static ReadModelChanges Changes(params (Payment Payment, long Row)[] changed) =>
        new(changed, FrozenSet<PaymentId>.Empty, [.. changed.Where(one => one.Payment.State.Notification() is not null)]);

    private Task Record(params DeliveryRecord[] deliveries) => Outbox.RecordAsync(Demo, deliveries, [], CancellationToken.None);

    private Task<DuePage> Due() => Outbox.ReadDueAsync(Demo, Now, All, CancellationToken.None);

    private async Task<IReadOnlyList<WebhookEntry>> List(WebhookFilter filter) =>
        (await Log.ListAsync(filter, 100, null, CancellationToken.None)).Items;
}
