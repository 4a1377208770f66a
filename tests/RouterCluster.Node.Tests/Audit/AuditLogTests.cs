using System.Collections.Frozen;
using RouterCluster.Api;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Audit;

/// <summary>Decisions from their table and changes of channels from memory, as one list in pages.</summary>
public sealed class AuditLogTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly ChannelId Alpha = new("alpha");

    private readonly string _folder = Directory.CreateTempSubdirectory("audit").FullName;
    private RouterDatabase? _database;

    public async Task InitializeAsync()
    {
        _database = RouterDatabase.Open(new StorageAddress(StorageProvider.Sqlite, null, _folder));
        var model = await PaymentReadModel.OpenAsync(_database, new PaymentWebhooks([], (_, _) => []), default);
        var payments = Enumerable.Range(0, 3).Select(hour => (Proposed(hour), 1L)).ToArray();
        await model.WriteAsync(0, 0, 1, new ReadModelChanges(payments, FrozenSet<PaymentId>.Empty, []), default);
    }

    public async Task DisposeAsync()
    {
        await _database!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Every_entry_comes_once_newest_first_whatever_the_page(int limit)
    {
        var channels = new FakeChannels
        {
            Made = [Changed(3), Changed(1, "weight=2"), Changed(1, "weight=1"), Changed(0)],
        };
        var log = new AuditLog(new AuditTrail(_database!), channels);

        var seen = new List<AuditBody>();
        string? cursor = null;
        do
        {
            var page = await log.GetAsync(cursor, limit, default);
            Assert.InRange(page.Items.Count, 1, limit);
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(
            ["disabled", "proposed 2", "proposed 1", "weight=2", "weight=1", "proposed 0", "disabled"],
            seen.Select(entry => entry.Payment is null ? entry.What : $"proposed {entry.Reason}"));
    }

    [Fact]
    public async Task Actions_on_a_payment_and_its_webhooks_are_found_by_its_id_without_a_scan()
    {
        var trail = new AuditTrail(_database!);
        var (id, other) = (Proposed(0).Id, Proposed(1).Id);
        var webhook = NotificationId.Of(id, NotificationType.PaymentFailed, 1);
        foreach (var (key, payment) in new[] { ($"{id}/ask/1", id), ($"{other}/ask/1", other), ($"{webhook}/2", id) })
        {
            await trail.AddAsync(new AuditEntry(key, At, "alice", key, null, null, payment.Value), default);
        }

        var found = await trail.OfPaymentAsync(id, 10, default);

        Assert.Equal([$"{id}/ask/1", $"{webhook}/2"], found.Select(entry => entry.What));
        var plan = await _database!.QueryAsync(
            $"explain query plan {AuditTrail.Between}", row => row.GetString(3), default,
            ("from", "a"), ("to", "b"), ("limit", 1));
        Assert.Contains("SEARCH audit USING INDEX", Assert.Single(plan), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("1.c.x")]
    [InlineData("1.e.1")]
    [InlineData("99999999999999999.d.1")]
    public async Task A_cursor_that_is_none_is_refused(string cursor) => await Assert.ThrowsAsync<FormatException>(
        () => new AuditLog(new AuditTrail(_database!), new FakeChannels()).GetAsync(cursor, 10, default));

    private static (ChannelId, OperatorChange) Changed(int hour, string what = "disabled") =>
        (Alpha, new OperatorChange(At.AddHours(hour), "alice", what, ""));

    private static Payment Proposed(int hour)
    {
        var id = PaymentId.For(new MerchantId("shop"), $"A-{hour}", 4, "salt"u8);
        var proposal = new Proposal(
            1, ProposedOutcome.Failed, 0, new Person("oscar", "o"), $"{hour}", "e", At.AddHours(hour), At.AddDays(1), "d", null,
            ProposalState.Pending, null);
        return Samples.Rerouted(id, new MerchantId("shop"), $"A-{hour}") with { Proposals = [proposal] };
    }
}
