using System.Data.Common;
using Microsoft.Data.Sqlite;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Codec;
using RouterCluster.Node.Events;
using RouterCluster.Node.Payments.Journal;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Events;

public sealed class EventSourcesOnSqlite : EventSourcesContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();
}

[Collection(PostgresCollection.Name)]
public sealed class EventSourcesOnPostgreSql(PostgresFixture postgres) : EventSourcesContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);

    [Fact]
    public async Task Nodes_have_begun_stopped_and_were_lost()
    {
        var (one, other) = (Run("n1", "host-1", 1), Run("n2", "host-2", 2));
        await Database.WriteAsync(
            async connection =>
            {
                await NodeLeaseTable.CreateAsync(connection, Database.Dialect, default);
                await NodeLeaseTable.InsertAsync(connection, Database.Dialect, one, default);
                await NodeLeaseTable.InsertAsync(connection, Database.Dialect, other, default);
                await NodeLeaseTable.ReleaseAsync(connection, "n1", default);
                await connection.ExecuteAsync("update node_lease set fenced_by = 'host-1' where incarnation = 'n2'", default);
                return true;
            },
            default);

        var events = await AllAsync(EventKinds.Node, null);

        Assert.Equal(
            [
                "node host-1 has begun", "node host-1 has stopped", "node host-2 has begun",
                "node host-2 was lost: host-1 has found it silent",
            ],
            events.Select(one => one.Text).Order(StringComparer.Ordinal));
        Assert.Empty(await AllAsync(EventKinds.Node, "alpha"));

        static NodeLeaseRow Run(string incarnation, string owner, long epoch) =>
            new(incarnation, owner, epoch, 1, TimeSpan.FromSeconds(5), At.AddSeconds(epoch));
    }
}

/// <summary>Events out of every place where they are stored, on one database.</summary>
public abstract class EventSourcesContract : DatabaseContract
{
    protected static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private AlertStore? _alerts;

    private EventLog Log
    {
        get
        {
            IEventSource[] sources =
            [
                new AuditEvents(new AuditTrail(Database)), new ChannelEvents(new ChannelJournal(Database, Address)),
                new AlertEvents(_alerts!, AlertHistory.Resolved), new AlertEvents(_alerts!, AlertHistory.Begun),
            ];
            return new EventLog(Database.Dialect.HasOneWriter ? sources : [.. sources, new NodeEvents(Database)]);
        }
    }

    protected override async Task OpenAsync()
    {
        await BulkStore.OpenAsync(Database, CancellationToken.None);
        _alerts = await AlertStore.OpenAsync(Database, CancellationToken.None);
        await InJournalAsync(CreateJournalAsync);
        if (!Database.Dialect.HasOneWriter)
        {
            await Database.CreateAsync(NodeLeaseTable.CreateAsync, default);
        }
    }

    [Fact]
    public async Task All_kinds_come_as_one_list_newest_first()
    {
        await FillAsync();

        var events = await AllAsync(null, null);

        Assert.Equal(
            [
                "alert carol: muted alert channel_outage of channel alpha, product payout (a1) until later",
                "outage channel_outage of channel alpha is over (since 2026-01-02T03:04:11Z)",
                "policy bob: configuration 2: merchant shop: routing.payout.policy weighted -> priority: cheaper",
                "outage page channel_outage of channel alpha: its breaker is open",
                "maintenance the company announces maintenance until 2026-01-02T04:04:05Z",
                "operator alice: disabled: bank is down",
                "breaker submit breaker is open until 2026-01-02T03:04:35Z",
                "node dave: node akka://b drained",
                "configuration bob: configuration 1: channel alpha: weight 1 -> 2; channel bravo: weight 1 -> 2: test",
            ],
            events.Select(one => $"{(one.Text.Contains(": muted", StringComparison.Ordinal) ? "alert" : one.Kind)} {one.Text}"));
        Assert.Equal(
            ["breaker", "alpha", "submit", "open"], events.Single(one => one.Kind == EventKinds.Breaker).Tags.AsEnumerable());
        Assert.Contains("page", events.First(one => one.Text.StartsWith("page", StringComparison.Ordinal)).Tags);
    }

    [Theory]
    [InlineData(EventKinds.Breaker, null, 1)]
    [InlineData(EventKinds.Outage, null, 2)]
    [InlineData(EventKinds.Maintenance, null, 1)]
    [InlineData(EventKinds.Operator, null, 2)]
    [InlineData(EventKinds.Policy, null, 1)]
    [InlineData(EventKinds.Configuration, null, 1)]
    [InlineData(EventKinds.Node, null, 1)]
    [InlineData(EventKinds.Alert, null, 0)]
    [InlineData(null, "alpha", 6)]
    [InlineData(null, "bravo", 2)]
    [InlineData(EventKinds.Operator, "bravo", 1)]
    [InlineData(EventKinds.Operator, "alpha", 1)]
    [InlineData(null, "zulu", 0)]
    public async Task Only_what_fits_the_filter_comes(string? kind, string? channel, int count)
    {
        await FillAsync();

        var events = await AllAsync(kind, channel);

        Assert.Equal(count, events.Count);
        Assert.All(events, one => Assert.True(kind is null || one.Kind == kind));
        Assert.All(events, one => Assert.True(channel is null || one.Channel == channel));
    }

    [Fact]
    public async Task Only_what_happened_between_both_times_comes()
    {
        await FillAsync();
        var filter = new EventFilter(At.AddSeconds(3), null, null);

        var page = await Log.ReadAsync(filter, At.AddSeconds(5), null, 100, default);

        Assert.Equal([EventKinds.Operator, EventKinds.Breaker], page.Items.Select(one => one.Kind));
    }

    [Fact]
    public async Task Rows_of_one_millisecond_come_once_each()
    {
        for (var no = 0; no < 7; no++)
        {
            await InJournalAsync(connection => AddAsync(
                connection, "alpha", At.AddTicks(no / 2),
                new BreakerMoved(At, ChannelLane.Query, BreakerState.Isolated, null)));
            await new AuditTrail(Database).AddAsync(
                new AuditEntry($"node/a/{no}", At, "dave", $"node {no}", null, null, null), default);
        }

        var events = await AllAsync(null, null, limit: 2);

        Assert.Equal((7, 7), (
            events.Count(one => one.Kind == EventKinds.Breaker),
            events.Where(one => one.Kind == EventKinds.Node).Select(one => one.Text).Distinct().Count()));
    }

    private protected async Task<List<RouterEvent>> AllAsync(string? kind, string? channel, int limit = 2)
    {
        var filter = new EventFilter(DateTimeOffset.UnixEpoch, kind, channel is null ? null : new ChannelId(channel));
        var seen = new List<RouterEvent>();
        string? cursor = null;
        do
        {
            var page = await Log.ReadAsync(filter, DateTimeOffset.MaxValue, cursor, limit, default);
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        return seen;
    }

    private async Task FillAsync()
    {
        (string Id, int Second, string By, string What, string? Reason, string? Payment)[] rows =
        [
            (
                "config/0000000001", 1, "bob",
                "configuration 1: channel alpha: weight 1 -> 2; channel bravo: weight 1 -> 2", "test", null),
            ("node/akka/1", 2, "dave", "node akka://b drained", null, null),
            ("pay_1/01/1", 3, "alice", "proposed failed (proposal 1)", "why", "pay_1"),
            (
                "config/0000000002", 7, "bob",
                "configuration 2: merchant shop: routing.payout.policy weighted -> priority", "cheaper", null),
            ("a1/1", 9, "carol", "muted alert channel_outage of channel alpha, product payout (a1) until later", null, null),
        ];
        foreach (var (id, second, by, what, reason, payment) in rows)
        {
            await new AuditTrail(Database).AddAsync(
                new AuditEntry(id, At.AddSeconds(second), by, what, reason, null, payment), default);
        }

        await InJournalAsync(async connection =>
        {
            await AddAsync(
                connection, "alpha", At.AddSeconds(3),
                new BreakerMoved(At, ChannelLane.Submit, BreakerState.Open, At.AddSeconds(30)));
            await AddAsync(
                connection, "bravo", At.AddSeconds(4),
                new ChannelAdjusted(At, new ChannelChange("alice", "bank is down") { Lifecycle = ChannelLifecycle.Disabled }));
            await AddAsync(connection, "alpha", At.AddSeconds(5), new MaintenanceAnnounced(At, At.AddHours(1)));
        });
        var alert = new Alert(
            new AlertKey(AlertRule.ChannelOutage, new AlertSubject { Channel = new ChannelId("alpha") }), At.AddSeconds(6), 1, 1,
            "its breaker is open") { ResolvedAt = At.AddSeconds(8) };
        await _alerts!.SaveAsync([new VersionedAlert(alert, IsAnnounced: true, 1)], [], default);
    }

    private static Task CreateJournalAsync(DbConnection connection) => connection is SqliteConnection
        ? connection.ExecuteAsync(
            """
            create table channels_journal (ordering integer primary key autoincrement, created integer not null, deleted bit,
              persistence_id text not null, sequence_number integer not null, message blob not null)
            """,
            default)
        : JournalTables.CreateAsync(connection, SqlDialect.For(StorageProvider.PostgreSql), default);

    private static Task AddAsync(DbConnection connection, string channel, DateTimeOffset at, ChannelEvent happened) =>
        connection.ExecuteAsync(
            """
            insert into channels_journal (created, deleted, persistence_id, sequence_number, message)
            select @created, @deleted, @id, coalesce(max(sequence_number), 0) + 1, @message from channels_journal
            """,
            default, ("created", at.UtcTicks), ("deleted", false), ("id", $"channel-{channel}"),
            ("message", ChannelCodec.Encode(happened)));

    private async Task InJournalAsync(Func<DbConnection, Task> work)
    {
        if (!Database.Dialect.HasOneWriter)
        {
            await Database.WriteAsync(
                async connection =>
                {
                    await work(connection);
                    return true;
                },
                default);
            return;
        }

        await using var connection = new SqliteConnection(
            SqliteFile.ConnectionString(Address.DataDir, JournalHocon.Channels));
        await connection.OpenAsync();
        await work(connection);
    }
}
