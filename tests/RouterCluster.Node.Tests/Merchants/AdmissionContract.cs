using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Merchants;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Node.Tests.Payments;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Node.Webhooks;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Node.Tests.Merchants;

public sealed class AdmissionOnSqlite(ITestOutputHelper output) : AdmissionContract(output)
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();
}

[Collection(PostgresCollection.Name)]
public sealed class AdmissionOnPostgreSql(PostgresFixture postgres, ITestOutputHelper output) : AdmissionContract(output)
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);
}

/// <summary>Two writers on one database are two nodes of a cluster. On SQLite they share the node's one connection.</summary>
public abstract class AdmissionContract(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Attempts = 1000;
    private const int AtOnce = 64;
    private static readonly MerchantId Demo = new("demo");

    private static readonly AdmissionRules Rules = new(
        TimeSpan.Zero, TimeSpan.FromMinutes(10), StoreWithin: TimeSpan.FromSeconds(15), ClockSkew: TimeSpan.FromSeconds(4));

    private readonly FakeTimeProvider _time = new(PaymentSamples.At);
    private readonly List<MerchantAdmissions> _nodes = [];
    private TestStorage? _storage;
    private RouterDatabase? _database;
    private RouterDatabase? _other;
    private AdmissionStore? _store;
    private PaymentReadModel? _model;

    private AdmissionStore Store => _store!;

    public async Task InitializeAsync()
    {
        _storage = await NewStorage();
        _database = RouterDatabase.Open(_storage.Address);
        _other = _storage.Address.Provider == StorageProvider.Sqlite ? _database : RouterDatabase.Open(_storage.Address);
        _store = new AdmissionStore(_database, Rules, new HashSet<MerchantId> { Demo }, _time);
        _model = await PaymentReadModel.OpenAsync(_database, new PaymentWebhooks([], (_, _) => []), default, _store);
        AdmissionStore[] stores = [_store, new AdmissionStore(_other, Rules, new HashSet<MerchantId> { Demo }, _time)];
        foreach (var store in stores)
        {
            var node = new MerchantAdmissions(store, new RouterClock(_time), TimeSpan.FromSeconds(30), 4096);
            await node.StartAsync(default);
            _nodes.Add(node);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.StopAsync(default);
        }

        await _other!.DisposeAsync();
        await _database!.DisposeAsync();
        _storage!.Dispose();
    }

    [Fact]
    public async Task A_thousand_attempts_through_both_nodes_at_once_never_exceed_the_day()
    {
        const long Limit = 60_000;
        var (counted, refused) = (0L, 0);
        await ThroughBothAsync(async (node, no) =>
        {
            var request = Day($"A-{no}", 1 + (no * 37 % 300), Limit);
            if (await node.AdmitAsync(request, default) is not Admission.Granted)
            {
                Interlocked.Increment(ref refused);
            }
            else if (no % 5 == 0)
            {
                node.NotStored(request);
            }
            else
            {
                Interlocked.Add(ref counted, request.Amount);
            }
        });

        Assert.InRange(counted, 1, Limit);
        Assert.True(refused > 0);
        await AssertLeftAsync(Limit - counted, Limit);
    }

    [Fact]
    public async Task Of_a_thousand_attempts_through_both_nodes_at_once_no_duplicate_is_missed()
    {
        const int Contents = 100;
        var firsts = new int[Contents];
        await ThroughBothAsync(async (node, no) =>
        {
            var granted = (Admission.Granted)await node.AdmitAsync(Seen($"A-{no}", (uint)no % Contents), default);
            if (granted.Others.Count == 0)
            {
                Interlocked.Increment(ref firsts[no % Contents]);
            }
        });

        Assert.All(firsts, first => Assert.Equal(1, first));
    }

    [Fact]
    public async Task Both_nodes_together_get_the_rate()
    {
        var granted = 0;
        for (var step = 0; step <= 20; step++)
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(async no =>
            {
                var terms = new AdmissionTerms(Demo, 100, null, false);
                var request = new AdmissionRequest(terms, PaymentSamples.IdOf($"A-{step}-{no}"), $"A-{step}-{no}", 1, default);
                var answer = await _nodes[no % 2].AdmitAsync(request, default);
                Interlocked.Add(ref granted, answer is Admission.Granted ? 1 : 0);
            }));
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(100 + (20 * 10), granted);
    }

    [Fact]
    public async Task What_moves_no_money_is_given_back_once_with_the_payments_row()
    {
        var payment = PaymentSamples.Accepted("A-1", 40);
        await _nodes[0].AdmitAsync(Day("A-1", 40, 100), default);
        await WriteAsync(0, [payment], payment);
        await AssertLeftAsync(60, 100);

        await WriteAsync(1, [], payment with { State = PaymentState.Failed });
        await AssertLeftAsync(100, 100);
        await _nodes[0].AdmitAsync(Day("A-2", 40, 100), default);
        await WriteAsync(2, [], payment with { State = PaymentState.Failed });
        _nodes[1].NotCounted(new DayShare(payment.Id, Demo, 0, 40, 1, default), null);

        await AssertLeftAsync(60, 100);
    }

    [Fact]
    public async Task Payments_stored_while_there_was_no_limit_count_as_soon_as_there_is_one()
    {
        var unlimited = await PaymentReadModel.OpenAsync(_other!, new PaymentWebhooks([], (_, _) => []), default);
        var (lost, known) = (PaymentSamples.Accepted("lost", 7), PaymentSamples.Accepted("known", 30));
        Payment[] before =
        [
            known, lost with { State = PaymentState.Failed },
            PaymentSamples.Accepted("old", 9) with { CreatedAt = PaymentSamples.At.AddDays(-1) },
        ];
        await unlimited.WriteAsync(
            1, 0, 1, new ReadModelChanges([.. before.Select(one => (one, 1L))], before.Select(one => one.Id).ToHashSet(), []),
            default);
        var late = PaymentSamples.Accepted("late", 20);

        await Store.CountStoredAsync(default);
        await Store.CountStoredAsync(default);
        await WriteAsync(1, [late], late);

        await AssertLeftAsync(50, 100);
        await WriteAsync(2, [], known with { State = PaymentState.Closed });
        await AssertLeftAsync(80, 100);
    }

    [Fact]
    public async Task A_share_that_came_to_nothing_is_given_back_when_its_book_says_so_and_not_before()
    {
        var books = new FakePayments { OnGet = _ => new BookAnswer.OutOfReach() };
        var sweep = new ShareSweep(Store, _nodes[0], books, _time);
        var stored = PaymentSamples.Accepted("A-2", 20);
        await _nodes[0].AdmitAsync(Day("A-1", 40, 100), default);
        await _nodes[0].AdmitAsync(Day("A-2", 20, 100), default);
        await WriteAsync(0, [stored], stored);
        await sweep.SweepAsync(default);

        _time.Advance(TimeSpan.FromSeconds(20));
        await sweep.SweepAsync(default);
        await AssertLeftAsync(40, 100);
        Assert.Equal(PaymentSamples.IdOf("A-1"), Assert.Single(await Store.UndecidedAsync(9, default)).Payment);

        books.OnGet = _ => new BookAnswer.NoSuchPayment();
        await sweep.SweepAsync(default);
        await AssertLeftAsync(80, 100);
    }

    [Fact]
    public async Task Shares_of_past_days_and_old_sightings_are_deleted()
    {
        await _nodes[0].AdmitAsync(Day("A-1", 40, 100), default);
        await _nodes[0].AdmitAsync(Seen("A-1", 7), default);
        _time.Advance(TimeSpan.FromDays(2));

        await Store.PruneAsync(default);

        Assert.Empty(await Store.UndecidedAsync(9, default));
        Assert.Empty(((Admission.Granted)await _nodes[1].AdmitAsync(Seen("A-2", 7), default)).Others);
    }

    protected abstract Task<TestStorage> NewStorage();

    private static AdmissionRequest Day(string orderNo, long amount, long limit) =>
        new(new AdmissionTerms(Demo, null, limit, false), PaymentSamples.IdOf(orderNo), orderNo, amount, default);

    private static AdmissionRequest Seen(string orderNo, uint content) =>
        new(new AdmissionTerms(Demo, null, null, true), PaymentSamples.IdOf(orderNo), orderNo, 1, new Fingerprint(content));

    private async Task ThroughBothAsync(Func<MerchantAdmissions, int, Task> attempt)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Attempts), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (no, _) => await attempt(_nodes[no % 2], no));
        output.WriteLine(
            $"{Attempts} requests, {AtOnce} at once, two nodes: {_nodes.Sum(node => node.Transactions)} transactions");
    }

    private Task WriteAsync(long from, IEnumerable<Payment> accepted, Payment changed) => _model!.WriteAsync(
        1, from, from + 1,
        new ReadModelChanges([(changed, from + 1)], accepted.Select(payment => payment.Id).ToHashSet(), []), default);

    /// <summary>So much fits through either node, and no more.</summary>
    private async Task AssertLeftAsync(long left, long limit)
    {
        foreach (var node in _nodes)
        {
            // What a node was told before is decided before; both have to have decided it.
            await node.AdmitAsync(Day("flush", limit + 1, limit), default);
        }

        foreach (var node in _nodes)
        {
            Assert.IsType<Admission.DayIsFull>(await node.AdmitAsync(Day("probe", left + 1, limit), default));
            if (left > 0)
            {
                Assert.IsType<Admission.Granted>(await node.AdmitAsync(Day("probe", left, limit), default));
                node.NotStored(Day("probe", left, limit));
                await node.AdmitAsync(Day("flush", limit + 1, limit), default);
            }
        }
    }
}
