using System.Data.Common;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Node.Webhooks;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Payments;

public sealed class PaymentReadModelOnSqlite : PaymentReadModelContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();
}

[Collection(PostgresCollection.Name)]
public sealed class PaymentReadModelOnPostgreSql(PostgresFixture postgres) : PaymentReadModelContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);
}

public abstract class PaymentReadModelContract : DatabaseContract
{
    private PaymentReadModel? _model;

    private PaymentReadModel Model => _model!;

    protected override async Task OpenAsync()
    {
        _model = await PaymentReadModel.OpenAsync(Database, new PaymentWebhooks([], (_, _) => []), CancellationToken.None);
    }

    [Fact]
    public async Task A_written_payment_is_found_whole_with_its_version()
    {
        var payment = PaymentSamples.Failed("A-1");
        await Write(1, 0, 7, (payment, 7));

        var found = await Model.FindAsync(payment.Id, CancellationToken.None);
        Golden.Same(payment, found!.Value.Payment);
        Assert.Equal(7, found.Value.Version);
        Assert.Null(await Model.FindAsync(PaymentSamples.IdOf("unknown"), CancellationToken.None));
    }

    [Fact]
    public async Task A_later_version_overwrites_and_an_earlier_one_does_not()
    {
        var payment = PaymentSamples.Accepted("A-1");
        await Write(1, 0, 1, (payment, 5));
        await Write(1, 1, 2, (payment with { State = PaymentState.Failed }, 4));
        Assert.Equal(PaymentState.Accepted, (await Model.FindAsync(payment.Id, CancellationToken.None))!.Value.Payment.State);

        await Write(1, 2, 3, (payment with { State = PaymentState.Succeeded }, 6));
        Assert.Equal(PaymentState.Succeeded, (await Model.FindAsync(payment.Id, CancellationToken.None))!.Value.Payment.State);
    }

    [Fact]
    public async Task Of_two_versions_in_one_write_the_later_one_stays()
    {
        var payment = PaymentSamples.Accepted("A-1");
        await Write(1, 0, 2, (payment with { State = PaymentState.Succeeded }, 2), (payment, 1));
        Assert.Equal(PaymentState.Succeeded, (await Model.FindAsync(payment.Id, CancellationToken.None))!.Value.Payment.State);
    }

    [Fact]
    public async Task Payments_are_found_by_the_number_that_a_channel_gave_them()
    {
        var (first, second, longer) = (WithNumber("A-1", "77"), WithNumber("A-2", "77"), WithNumber("A-3", "77/8"));
        await Write(1, 0, 1, (first, 1), (second, 1), (longer, 1), (WithNumber("A-4", "778"), 1));
        await Write(1, 1, 2, (first with { State = PaymentState.Returned }, 2));

        async Task<IEnumerable<PaymentId>> Found(string number) =>
            (await Model.OfChannelNumberAsync(number, 10, CancellationToken.None))
            .OrderBy(id => id.Value, StringComparer.Ordinal);

        Assert.Equal(new[] { first.Id, second.Id }.OrderBy(id => id.Value, StringComparer.Ordinal), await Found("77"));
        Assert.Equal([longer.Id], await Found("77/8"));
        Assert.Empty(await Found("7"));
    }

    private static Payment WithNumber(string orderNo, string channelNumber)
    {
        var payment = PaymentSamples.Failed(orderNo);
        var attempt = payment.Attempts[^1];
        return payment with
        {
            Attempts = payment.Attempts.SetItem(
                payment.Attempts.Length - 1,
                attempt with { Outcome = attempt.Outcome with { ChannelOrderNo = channelNumber } }),
        };
    }

    [Fact]
    public async Task Accepted_payments_come_in_order_and_in_pages()
    {
        var first = PaymentSamples.Accepted("A-0");
        var payments = Enumerable.Range(0, 5)
            .Select(i => PaymentSamples.Accepted($"A-{i}") with { CreatedAt = first.CreatedAt.AddMinutes(i) }).ToArray();
        await Write(1, 0, 1, [.. payments.Reverse().Select(payment => (payment, 1L))]);

        var (from, to) = (payments[1].CreatedAt, payments[4].CreatedAt);
        var page = await Model.ListAcceptedAsync(from, to, null, 2, CancellationToken.None);
        var next = await Model.ListAcceptedAsync(from, to, page[^1], 2, CancellationToken.None);

        Assert.Equal([payments[1].Id, payments[2].Id], page.Select(payment => payment.Id));
        Assert.Equal([payments[3].Id], next.Select(payment => payment.Id));
    }

    [Fact]
    public async Task Succeeded_amounts_are_summed_by_channel_since_a_moment()
    {
        var failed = PaymentSamples.Failed("A-1");
        var (channel, amount) = (failed.Channel!.Value, failed.Content.Amount.Minor);
        var succeeded = PaymentSamples.Failed("A-2") with { State = PaymentState.Succeeded };
        var again = PaymentSamples.Failed("A-3") with { State = PaymentState.Succeeded };
        var earlier = succeeded with { Id = PaymentSamples.IdOf("A-4"), CreatedAt = failed.CreatedAt.AddDays(-1) };
        await Write(1, 0, 1, (failed, 1), (succeeded, 1), (again, 1), (earlier, 1));

        var sums = await Model.SumSucceededSinceAsync(failed.CreatedAt, CancellationToken.None);

        Assert.Equal([KeyValuePair.Create(channel, 2 * amount)], sums);
    }

    [Fact]
    public async Task Every_book_has_an_offset_of_its_own()
    {
        Assert.Equal(0, await Model.OffsetAsync(1, CancellationToken.None));
        await Write(1, 0, 10);
        await Write(1, 10, 12);
        await Write(2, 0, 3);
        Assert.Equal(12, await Model.OffsetAsync(1, CancellationToken.None));
        Assert.Equal(3, await Model.OffsetAsync(2, CancellationToken.None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(11)]
    public async Task Rows_that_do_not_follow_change_nothing(long from)
    {
        await Write(1, 0, 10);
        var payment = PaymentSamples.Accepted("A-1");

        var gap = await Assert.ThrowsAsync<ProjectionGapException>(() => Write(1, from, 20, (payment, 20)));
        Assert.Equal(10, gap.Stored);
        Assert.Equal(10, await Model.OffsetAsync(1, CancellationToken.None));
        Assert.Null(await Model.FindAsync(payment.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Of_two_owners_that_write_at_once_one_finds_a_gap()
    {
        var writes = Enumerable.Range(0, 4)
            .Select(i => Record.ExceptionAsync(() => Write(1, 0, 1, (PaymentSamples.Accepted($"A-{i}"), 1))));
        var failures = (await Task.WhenAll(writes)).OfType<Exception>().ToList();
        Assert.Equal(3, failures.Count);
        Assert.All(failures, failure => Assert.IsType<ProjectionGapException>(failure));
    }

    [Fact]
    public async Task Thousands_of_payments_are_written_and_read_back_at_once()
    {
        var payments = Enumerable.Range(0, 2500).Select(i => PaymentSamples.Accepted($"A-{i}")).ToList();
        await Write(1, 0, 2500, [.. payments.Select((payment, i) => (payment, i + 1L))]);

        var asked = payments.Select(payment => payment.Id).Append(PaymentSamples.IdOf("unknown"));
        var versions = await Model.ReadVersionsAsync(asked, CancellationToken.None);
        Assert.Equal(2500, versions.Count);
        Assert.Equal(Enumerable.Range(1, 2500).Select(i => (long)i), payments.Select(payment => versions[payment.Id]));
    }

    [Fact]
    public async Task Cases_come_in_pages_the_oldest_first()
    {
        var at = PaymentSamples.At;
        var cases = Enumerable.Range(0, 5)
            .Select(i => PaymentSamples.Failed($"case-{i}") with { CreatedAt = at.AddSeconds(i / 2) })
            .ToList();
        var suspended = PaymentSamples.Accepted("suspended") with { State = PaymentState.Suspended, CreatedAt = at.AddHours(-1) };
        await Write(1, 0, 1, [(PaymentSamples.Accepted("plain"), 1), (suspended, 1), .. cases.Select(one => (one, 1L))]);

        var listed = new List<Payment>();
        var pages = 0;
        string? cursor = null;
        do
        {
            var page = await Model.ListCasesAsync(2, cursor, CancellationToken.None);
            Assert.InRange(page.Items.Count, 1, 2);
            listed.AddRange(page.Items);
            cursor = page.Next;
            pages++;
        }
        while (cursor is not null);

        Assert.Equal(3, pages);
        Assert.Equal(suspended.Id, listed[0].Id);
        Assert.Equal(
            cases.OrderBy(one => one.CreatedAt).ThenBy(one => one.Id.Value, StringComparer.Ordinal).Select(one => one.Id),
            listed.Skip(1).Select(one => one.Id));
    }

    [Fact]
    public async Task A_case_that_people_have_decided_is_listed_no_more_and_stands_in_the_audit_trail()
    {
        var pending = PaymentSamples.Decided("A-1");
        await Write(1, 0, 1, (PaymentSamples.Failed("A-1"), 1), (PaymentSamples.Failed("A-2"), 1));
        await Write(1, 1, 2, (pending, 2));
        await Write(1, 2, 3, (pending with { CreatedAt = pending.CreatedAt.AddSeconds(1) }, 3));

        var cases = await Model.ListCasesAsync(9, null, CancellationToken.None);
        Assert.Equal(PaymentSamples.IdOf("A-2"), Assert.Single(cases.Items).Id);
        var trail = new AuditTrail(Database);
        var all = await trail.ListAsync(9, null, CancellationToken.None);
        Assert.Equal(
            [("oscar", "proposed succeeded (proposal 2)"), ("anna", "approved succeeded (proposal 1 of bulk_7)"),
                ("oscar", "proposed succeeded (proposal 1 of bulk_7)")],
            all.Select(entry => (entry.By, entry.What)));
        Assert.Equal(
            ("paid after all", "statement of 14 March", pending.Id.Value), (all[0].Reason, all[0].Evidence, all[0].Payment));

        var rest = await trail.ListAsync(9, new AuditPoint(all[0].At, all[0].Id), CancellationToken.None);
        Assert.Equal(all.Skip(1), rest);
        Assert.Equal(all.Take(2), await trail.ListAsync(2, null, CancellationToken.None));
    }

    [Fact]
    public async Task Payments_that_are_new_are_written_whole_beside_those_that_are_not()
    {
        var (known, added) = (PaymentSamples.Accepted("A-1"), PaymentSamples.Failed("A-2 ✓"));
        var person = PaymentSamples.Accepted("A-3") with { State = PaymentState.Suspended };
        await Write(1, 0, 1, (known, 1));

        var ended = known with { State = PaymentState.Succeeded };
        await WriteAccepted(1, 1, 2, [added, person], (ended, 2), (added, 2), (person, 2));

        foreach (var written in new[] { ended, added, person })
        {
            Golden.Same(written, (await Model.FindAsync(written.Id, CancellationToken.None))!.Value.Payment);
        }

        var cases = (await Model.ListCasesAsync(9, null, CancellationToken.None)).Items.Select(payment => payment.Id);
        Assert.Equal(new HashSet<PaymentId> { added.Id, person.Id }, cases.ToHashSet());
    }

    [Fact]
    public async Task A_payment_that_is_new_and_there_already_fails_the_whole_write()
    {
        var payment = PaymentSamples.Accepted("A-1");
        await Write(1, 0, 1, (payment, 1));

        await Assert.ThrowsAnyAsync<DbException>(() => WriteAccepted(
            1, 1, 2, [payment], (payment with { State = PaymentState.Succeeded }, 2), (PaymentSamples.Accepted("A-2"), 2)));

        Assert.Equal(1, await Model.OffsetAsync(1, CancellationToken.None));
        Assert.Equal(PaymentState.Accepted, (await Model.FindAsync(payment.Id, CancellationToken.None))!.Value.Payment.State);
        Assert.Null(await Model.FindAsync(PaymentSamples.IdOf("A-2"), CancellationToken.None));
        await Write(1, 1, 2, (payment with { State = PaymentState.Succeeded }, 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Any_number_of_new_payments_is_written(int count)
    {
        var payments = Enumerable.Range(0, count).Select(i => PaymentSamples.Failed($"A-{i}")).ToList();

        await WriteAccepted(1, 0, 1, payments, [.. payments.Select(payment => (payment, 1L))]);

        var versions = await Model.ReadVersionsAsync(payments.Select(payment => payment.Id), CancellationToken.None);
        Assert.Equal(count, versions.Count);
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("1.pay_nonsense")]
    public async Task A_cursor_that_is_none_is_refused(string cursor) =>
        await Assert.ThrowsAsync<FormatException>(() => Model.ListCasesAsync(2, cursor, CancellationToken.None));

    [Fact]
    public async Task Opening_it_again_keeps_what_is_there()
    {
        await Write(1, 0, 3, (PaymentSamples.Accepted("A-1"), 3));
        await using var again = RouterDatabase.Open(Address);
        var model = await PaymentReadModel.OpenAsync(again, new PaymentWebhooks([], (_, _) => []), CancellationToken.None);
        Assert.Equal(3, await model.OffsetAsync(1, CancellationToken.None));
    }

    private Task Write(int book, long from, long through, params (Payment Payment, long Version)[] changed) =>
        WriteAccepted(book, from, through, [], changed);

    private Task WriteAccepted(
        int book, long from, long through, IEnumerable<Payment> accepted, params (Payment Payment, long Version)[] changed) =>
        Model.WriteAsync(
            book, from, through, new ReadModelChanges(changed, accepted.Select(payment => payment.Id).ToHashSet(), []),
            CancellationToken.None);
}
