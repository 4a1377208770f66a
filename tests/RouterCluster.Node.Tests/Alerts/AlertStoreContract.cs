using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Alerts.Delivery;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Alerts;

public sealed class AlertStoreOnSqlite : AlertStoreContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();
}

[Collection(PostgresCollection.Name)]
public sealed class AlertStoreOnPostgreSql(PostgresFixture postgres) : AlertStoreContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);
}

/// <summary>Alerts as storage keeps them.</summary>
public abstract class AlertStoreContract : DatabaseContract
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = At.AddHours(1);

    private static readonly Alert Full = new(
        new AlertKey(AlertRule.CodeFrequent, new AlertSubject
        {
            Channel = new ChannelId("alpha"), Product = Product.Payout, Merchant = new MerchantId("shop"), Code = "96",
            Node = "n",
        }),
        At, 12.5, 10, "code 96 came 12 times")
    {
        CausedBy = "alert_1",
    };

    private static readonly Alert Bare = new(
        new AlertKey(AlertRule.ImpossibleState, AlertSubject.Installation), At.AddSeconds(1), 2, 1, "2 cases");

    private AlertStore? _store;

    private AlertStore Store => _store!;

    protected override async Task OpenAsync()
    {
        await BulkStore.OpenAsync(Database, CancellationToken.None);
        _store = await AlertStore.OpenAsync(Database, CancellationToken.None);
    }

    [Fact]
    public async Task Active_alerts_survive_a_restart_with_all_that_is_known_of_them()
    {
        await SaveAsync(new VersionedAlert(Full, IsAnnounced: true, 1), new VersionedAlert(Bare, IsAnnounced: false, 1));
        await AlertStore.OpenAsync(Database, CancellationToken.None);

        var stored = await Store.ReadAsync(CancellationToken.None);

        Assert.Equal([Full, Bare], stored.Active.OrderBy(alert => alert.Since));
        Assert.Equal([Full.Id], stored.Announced);
        Assert.Empty(stored.Unsent);
    }

    [Fact]
    public async Task An_older_state_never_overwrites_a_newer_one()
    {
        var over = Full with { ResolvedAt = Later };
        await SaveAsync(new VersionedAlert(over, IsAnnounced: true, 5));
        await SaveAsync(new VersionedAlert(Full, IsAnnounced: true, 4));

        Assert.Equal(over, await Store.FindAsync(Full.Id, CancellationToken.None));
        Assert.Empty((await Store.ReadAsync(CancellationToken.None)).Active);
        Assert.Null(await Store.FindAsync("alert_0", CancellationToken.None));
    }

    [Fact]
    public async Task Lists_are_by_state_and_page_newest_first()
    {
        var over = Bare with { ResolvedAt = Later };
        await SaveAsync(new VersionedAlert(Full, IsAnnounced: true, 1), new VersionedAlert(over, IsAnnounced: true, 1));
        var second = new Alert(
            new AlertKey(AlertRule.NodeLost, new AlertSubject { Node = "n2" }), At.AddMinutes(1), 1, 1, "gone");
        await SaveAsync(new VersionedAlert(second, IsAnnounced: false, 1));
        await Store.MuteAsync(second, new AlertMute(Later.AddMinutes(30), "alice", "known"), Later, CancellationToken.None);

        Assert.Equal([second.Id, Full.Id], await IdsAsync(null));
        Assert.Equal([Full.Id], await IdsAsync(AlertStanding.Active));
        Assert.Equal([second.Id], await IdsAsync(AlertStanding.Muted));
        Assert.Equal([over.Id], await IdsAsync(AlertStanding.Resolved));

        var first = await Store.ListAsync(null, Later, 1, null, CancellationToken.None);
        var rest = await Store.ListAsync(null, Later, 1, first.Next, CancellationToken.None);
        Assert.Equal((second.Id, Full.Id), (Assert.Single(first.Items).Id, Assert.Single(rest.Items).Id));
        Assert.Null(rest.Next);
        await Assert.ThrowsAsync<FormatException>(() => Store.ListAsync(null, Later, 1, "rubbish", CancellationToken.None));
    }

    [Fact]
    public async Task A_mute_is_on_record_and_can_be_taken_back_in_the_same_moment()
    {
        await SaveAsync(new VersionedAlert(Full, IsAnnounced: true, 1));
        var mute = new AlertMute(Later.AddMinutes(30), "alice", "known");

        await Store.MuteAsync(Full, mute, Later, CancellationToken.None);
        Assert.Equal(mute, Assert.Single(await Store.MutesAsync(Later, CancellationToken.None)).Value);
        Assert.Equal(mute, (await Store.FindAsync(Full.Id, CancellationToken.None))!.Mute);

        await Store.MuteAsync(Full, new AlertMute(DateTimeOffset.UnixEpoch, "bob", ""), Later, CancellationToken.None);
        Assert.Empty(await Store.MutesAsync(Later, CancellationToken.None));

        var audit = await new AuditTrail(Database).ListAsync(10, null, CancellationToken.None);
        Assert.Equal(["bob", "alice"], audit.Select(entry => entry.By));
        Assert.StartsWith("muted alert code_frequent of channel alpha", audit[1].What, StringComparison.Ordinal);
        Assert.Equal(("known", null), (audit[1].Reason, audit[0].Reason));
    }

    [Fact]
    public async Task Messages_to_robots_wait_until_they_are_sent()
    {
        var raised = new RobotMessage("duty", new Announcement(AnnouncementKind.Raised, Full), At);
        var over = new RobotMessage("duty", new Announcement(AnnouncementKind.Resolved, Full), Later);
        await Store.SaveAsync(
            [new VersionedAlert(Full, IsAnnounced: true, 1)], [raised, over], CancellationToken.None);
        await Store.SaveAsync([], [raised], CancellationToken.None);

        Assert.Equal([raised, over], (await Store.ReadAsync(CancellationToken.None)).Unsent);
        await Store.SentAsync([raised.Id], CancellationToken.None);
        Assert.Equal([over], (await Store.ReadAsync(CancellationToken.None)).Unsent);
    }

    [Fact]
    public async Task What_is_long_over_is_deleted_with_its_mute()
    {
        var over = Bare with { ResolvedAt = Later };
        await Store.SaveAsync(
            [new VersionedAlert(Full, IsAnnounced: true, 1), new VersionedAlert(over, IsAnnounced: true, 1)],
            [new RobotMessage("gone", new Announcement(AnnouncementKind.Raised, Full), At)], CancellationToken.None);
        await Store.MuteAsync(over, new AlertMute(Later.AddDays(1), "alice", "known"), At, CancellationToken.None);

        await Store.PruneAsync(Later, At, CancellationToken.None);
        Assert.NotNull(await Store.FindAsync(over.Id, CancellationToken.None));
        await Store.PruneAsync(Later.AddSeconds(1), At.AddSeconds(1), CancellationToken.None);

        Assert.Null(await Store.FindAsync(over.Id, CancellationToken.None));
        Assert.Empty(await Store.MutesAsync(Later, CancellationToken.None));
        var left = await Store.ReadAsync(CancellationToken.None);
        Assert.Equal(Full.Id, Assert.Single(left.Active).Id);
        Assert.Empty(left.Unsent);
    }

    private Task SaveAsync(params VersionedAlert[] alerts) => Store.SaveAsync(alerts, [], CancellationToken.None);

    private async Task<IEnumerable<string>> IdsAsync(AlertStanding? standing) =>
        (await Store.ListAsync(standing, Later, 10, null, CancellationToken.None)).Items.Select(alert => alert.Id);
}
