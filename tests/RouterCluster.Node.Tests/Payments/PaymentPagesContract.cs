using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Node.Webhooks;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Payments;

public sealed class PaymentPagesOnSqlite : PaymentPagesContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();

    protected override async Task<string> PlanAsync(string statement, params (string Name, object Value)[] parameters) =>
        string.Join('\n', await Database.QueryAsync(
            $"explain query plan {statement}", row => row.GetString(3), CancellationToken.None, parameters));

    protected override void IsBounded(string plan, string index)
    {
        Assert.Contains($"SEARCH payments USING INDEX {index} (", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }
}

[Collection(PostgresCollection.Name)]
public sealed class PaymentPagesOnPostgreSql(PostgresFixture postgres) : PaymentPagesContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);

    protected override async Task<string> PlanAsync(string statement, params (string Name, object Value)[] parameters) =>
        string.Join('\n', await Database.QueryAsync(
            $"explain {statement}", row => row.GetString(0), CancellationToken.None, parameters));

    protected override void IsBounded(string plan, string index)
    {
        Assert.Matches($"Index Scan (Backward )?using {index} on payments", plan);
        Assert.DoesNotMatch("Sort|Filter|Seq Scan|Bitmap", plan);
    }
}

public abstract class PaymentPagesContract : DatabaseContract
{
    private static readonly DateTimeOffset At = PaymentSamples.At;
    private PaymentReadModel? _model;

    private static IReadOnlyDictionary<string, (PaymentFilter Filter, string Index)> ByName { get; } =
        new Dictionary<string, (PaymentFilter, string)>
        {
            ["accepted"] = (new(PaymentState.Accepted), "payments_unsuccessful"),
            ["processing of a channel"] = (new(PaymentState.Processing, PaymentSamples.Alpha), "payments_unsuccessful"),
            ["action required"] = (new(PaymentState.ActionRequired, Since: At), "payments_unsuccessful"),
            ["suspended"] = (new(PaymentState.Suspended), "payments_unsuccessful"),
            ["failed"] = (new(PaymentState.Failed, Class: OutcomeClass.CustomerFunds, Code: "51"), "payments_unsuccessful"),
            ["returned"] = (new(PaymentState.Returned), "payments_unsuccessful"),
            ["closed"] = (new(PaymentState.Closed, Until: At.AddMinutes(3)), "payments_unsuccessful"),
            ["succeeded of a channel"] = (new(PaymentState.Succeeded, PaymentSamples.Alpha), "payments_of_channel"),
            ["failed of a channel"] = (new(PaymentState.Failed, PaymentSamples.Alpha), "payments_of_channel"),
            ["channel"] = (new(Channel: new("bravo"), Since: At.AddMinutes(1)), "payments_of_channel"),
            ["channel and merchant"] =
                (new(Channel: PaymentSamples.Alpha, Merchant: new("demo")), "payments_of_channel"),
            ["merchant"] = (new(Merchant: new("demo"), Bank: "ICBC"), "payments_of_merchant"),
            ["merchant's own list"] = (
                new(Merchant: new("demo"), Since: At.AddMinutes(1), Until: At.AddMinutes(4)) { Mode = ChannelMode.Sandbox },
                "payments_of_merchant"),
            ["merchant's succeeded"] = (new(PaymentState.Succeeded, Merchant: new("demo")), "payments_of_merchant"),
            ["since"] = (new(Since: At.AddMinutes(1), MinAmount: 12_001), "payments_history"),
            ["until"] = (new(Until: At.AddMinutes(4), MaxAmount: 12_002, Product: Product.Withhold), "payments_history"),
            ["between"] = (new(Since: At.AddMinutes(1), Until: At.AddMinutes(4)), "payments_history"),
        };

    protected override async Task OpenAsync()
    {
        _model = await PaymentReadModel.OpenAsync(Database, new PaymentWebhooks([], (_, _) => []), CancellationToken.None);
    }

    [Fact]
    public async Task Pages_hold_exactly_what_fits_in_the_order_that_was_asked_for()
    {
        var all = Enumerable.Range(0, 60).Select(Sample).ToArray();
        await WriteAsync(all);

        foreach (var (name, (filter, _)) in ByName)
        {
            foreach (var oldestFirst in new[] { true, false })
            {
                var asked = filter with { OldestFirst = oldestFirst };
                var inOrder = all.Where(asked.Fits)
                    .OrderBy(payment => payment.CreatedAt).ThenBy(payment => payment.Id.Value, StringComparer.Ordinal)
                    .Select(payment => payment.Id);
                var expected = (oldestFirst ? inOrder : inOrder.Reverse()).ToArray();
                Assert.True(expected.Length is > 0 and < 60, name);
                Assert.Equal(expected, await AllPagesAsync(asked, limit: 4));
            }
        }
    }

    [Fact]
    public async Task An_answer_looks_at_a_bounded_number_of_payments_and_says_where_to_go_on()
    {
        const int More = 200;
        var all = Enumerable.Range(0, PaymentPages.MostExamined + More)
            .Select(i => PaymentSamples.Accepted($"A-{i}", i < More ? 1 : 2) with { CreatedAt = At.AddSeconds(i) });
        await WriteAsync([.. all]);
        var filter = new PaymentFilter(Since: At, MaxAmount: 1);

        var first = await _model!.ReadPageAsync(filter, null, 100, CancellationToken.None);
        var second = await _model.ReadPageAsync(filter, first.Next, 100, CancellationToken.None);
        var third = await _model.ReadPageAsync(filter, second.Next, 100, CancellationToken.None);

        Assert.Equal((0, 100, 100), (first.Items.Count, second.Items.Count, third.Items.Count));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task No_filter_that_is_offered_scans_the_table()
    {
        await FillAsync();
        foreach (var (filter, index) in ByName.Values)
        {
            foreach (var oldestFirst in new[] { true, false })
            {
                var plan = await PlanAsync(
                    PaymentPages.Statement(filter with { OldestFirst = oldestFirst }),
                    [
                        ("end", oldestFirst ? long.MaxValue : 0L), ("at", 15_000L), ("id", "pay_1"), ("limit", 101L),
                        .. filter.Channel is { } channel ? [("channel", (object)channel.Value)] : NoParameters,
                        .. filter.Merchant is { } merchant ? [("merchant", (object)merchant.Value)] : NoParameters,
                    ]);
                IsBounded(plan, index);
            }
        }
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("1.pay_nonsense")]
    public async Task A_cursor_that_is_none_is_refused(string cursor) => await Assert.ThrowsAsync<FormatException>(
        () => _model!.ReadPageAsync(new PaymentFilter(Since: At), cursor, 2, CancellationToken.None));

    private static (string Name, object Value)[] NoParameters => [];

    protected abstract Task<string> PlanAsync(string statement, params (string Name, object Value)[] parameters);

    protected abstract void IsBounded(string plan, string index);

    /// <summary>Every state, on three channels, several at the same moment.</summary>
    private static Payment Sample(int i)
    {
        var states = Enum.GetValues<PaymentState>();
        var payment = PaymentSamples.Failed($"A-{i}");
        var last = payment.Attempts[^1];
        return payment with
        {
            State = states[i % states.Length],
            CreatedAt = At.AddMinutes(i / 12),
            Content = payment.Content with
            {
                Amount = payment.Content.Amount with { Minor = 12_000 + (i % 4) },
                Merchant = new MerchantId(i % 5 == 0 ? "demo" : "shop"),
            },
            Attempts = [last with { No = 1, Channel = new ChannelId(i % 3 == 0 ? "bravo" : "alpha") }],
        };
    }

    private async Task<List<PaymentId>> AllPagesAsync(PaymentFilter filter, int limit)
    {
        var listed = new List<PaymentId>();
        string? cursor = null;
        do
        {
            var page = await _model!.ReadPageAsync(filter, cursor, limit, CancellationToken.None);
            listed.AddRange(page.Items.Select(payment => payment.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
        return listed;
    }

    private Task WriteAsync(Payment[] payments) => _model!.WriteAsync(
        1, 0, 1,
        new ReadModelChanges(
            [.. payments.Select(payment => (payment, 1L))], payments.Select(payment => payment.Id).ToHashSet(), []),
        CancellationToken.None);

    /// <summary>So many rows that reading all of them would be the dearest plan.</summary>
    private Task FillAsync() => Database.WriteAsync(
        async connection =>
        {
            await connection.ExecuteAsync(
                """
                insert into payments (id, merchant, order_no, product, amount, currency, state, mode, channel, created_at,
                  updated_at, needs_person, version, fingerprint, body)
                with recursive n(i) as (select 1 union all select i + 1 from n where i < 30000)
                select 'pay_' || i, case i % 50 when 0 then 'demo' else 'm' || (i % 50) end, 'A', 1, 1, 'CNY',
                  case when i % 10 = 0 then 1 + (i / 10) % 8 else 5 end, 1,
                  case i % 4 when 0 then 'alpha' when 1 then 'bravo' else 'c' || (i % 4) end, i, i, false, 1, @bytes, @bytes
                from n
                """,
                CancellationToken.None, ("bytes", new byte[200]));
            return await connection.ExecuteAsync("analyze payments", CancellationToken.None);
        },
        CancellationToken.None);
}
