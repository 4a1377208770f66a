using System.Text;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Configuration;
using RouterCluster.Node.Platform.Secrets;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Node.Tests.Payments;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Configuration;

public sealed class ConfigurationStoreOnSqlite : ConfigurationStoreContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();
}

[Collection(PostgresCollection.Name)]
public sealed class ConfigurationStoreOnPostgreSql(PostgresFixture postgres) : ConfigurationStoreContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);
}

/// <summary>Two stores on one database are two nodes of a cluster.</summary>
public abstract class ConfigurationStoreContract : DatabaseContract
{
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    [Fact]
    public async Task Of_two_nodes_that_change_the_same_version_one_is_told_to_look_again()
    {
        var (one, other) = (await OpenAsync(Key), await OpenAsync(Key));
        Assert.Equal(0, (await one.NewestAsync(default)).Version);

        var added = await Task.WhenAll(one.AddAsync(Version(1, "a"), default), other.AddAsync(Version(1, "b"), default));

        Assert.Single(added, won => won);
        Assert.Equal(1, await other.NewestVersionAsync(default));
        Assert.False(await one.AddAsync(Version(3, "c"), default));
        Assert.True(await one.AddAsync(Version(2, "c"), default));
        var newest = await other.NewestAsync(default);
        Assert.Equal((2, "c", "alice", PaymentSamples.At), (newest.Version, newest.What, newest.By, newest.At));
        Assert.Equal(Version(2, "c").State.ToStored(), newest.State.ToStored());
        var audit = await new AuditTrail(Database).ListAsync(10, null, default);
        Assert.Equal("configuration 2: c", audit[0].What);
        Assert.Equal(2, audit.Count);
    }

    [Fact]
    public async Task Secrets_are_sealed_and_another_key_cannot_read_them()
    {
        var store = await OpenAsync(Key);
        await store.AddAsync(Version(1, "a"), default);

        var stored = await Database.QueryAsync(
            "select body from configuration_versions", row => Encoding.UTF8.GetString((byte[])row.GetValue(0)), default);

        Assert.DoesNotContain("s-hidden", Assert.Single(stored), StringComparison.Ordinal);
        var stranger = await OpenAsync(Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray()));
        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => stranger.NewestAsync(default));
        var rotated = await OpenAsync($"{Key},{Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray())}");
        Assert.Equal(1, (await rotated.NewestAsync(default)).Version);
    }

    [Fact]
    public async Task A_change_on_one_node_is_in_force_on_the_other()
    {
        await using var one = await ConfigurationHolder.StartAsync(Database, await OpenAsync(Key));
        await using var other = await ConfigurationHolder.StartAsync(Database, await OpenAsync(Key));

        var outcome = await one.ApplyAsync(
            "router { merchants.late.keys = [ { token = late-key } ], channels.alpha.submit.concurrency = 3 }");
        Assert.Equal(1, outcome!.Version);
        Assert.Equal(["late", "shop"], one.Merchants);
        await WholeNode.EventuallyAsync(() => Task.FromResult(other.Version == 1));
        Assert.Equal(["late", "shop"], other.Merchants);
        Assert.Equal(3, other.Alpha.Submit.Concurrency);
        var bravo = other.Bravo;

        // The same object says that nothing is to be done.
        Assert.Equal(2, (await other.ApplyAsync("router { merchants.late = null, channels.alpha.weight = 2 }"))!.Version);
        Assert.Same(bravo, other.Bravo);
        await WholeNode.EventuallyAsync(() => Task.FromResult(one.Version == 2));
        Assert.Equal(["shop"], one.Merchants);
        Assert.Equal((2.0, 3), (one.Alpha.Weight, one.Alpha.Submit.Concurrency));
    }

    [Fact]
    public async Task A_removed_channel_leaves_on_both()
    {
        await using var one = await ConfigurationHolder.StartAsync(Database, await OpenAsync(Key));
        await using var other = await ConfigurationHolder.StartAsync(Database, await OpenAsync(Key));

        await one.ApplyAsync("router.channels.bravo = null");
        Assert.True(one.Bravo.Retired);

        await WholeNode.EventuallyAsync(() => Task.FromResult(one.Version == 2 && other.Version == 2));
        Assert.Equal((1, 1), (one.Channels.Count, other.Channels.Count));
    }

    [Fact]
    public async Task Versions_are_told_newest_first_without_their_content()
    {
        var store = await OpenAsync(Key);
        await store.AddAsync(Version(1, "channel alpha: name a; b -> c; merchant mart: added"), default);
        await store.AddAsync(Version(2, ""), default);

        var notes = await store.ListAsync(long.MaxValue, 10, default);

        Assert.Equal([2, 1], notes.Select(note => note.Version));
        Assert.Empty(notes[0].Changes);
        Assert.Equal(["channel alpha: name a; b -> c", "merchant mart: added"], notes[1].Changes.AsEnumerable());
        Assert.Equal(("alice", "why", PaymentSamples.At), (notes[1].By, notes[1].Reason, notes[1].At));
        Assert.Equal(1, Assert.Single(await store.ListAsync(2, 1, default)).Version);
        Assert.Equal(Version(1, "").State.ToStored(), (await store.FindAsync(1, default))!.State.ToStored());
        Assert.Equal(0, (await store.FindAsync(0, default))!.Version);
        Assert.Null(await store.FindAsync(3, default));
    }

    [Fact]
    public async Task A_rollback_on_one_node_is_in_force_on_the_other_within_two_seconds_and_audited()
    {
        await using var one = await ConfigurationHolder.StartAsync(Database, await OpenAsync(Key));
        await using var other = await ConfigurationHolder.StartAsync(Database, await OpenAsync(Key));
        await one.ApplyAsync("router { channels.alpha.weight = 2, merchants.mart.keys = [ { token = mart-old } ] }");
        await one.ApplyAsync(
            "router { channels.alpha { weight = 3, secret = s-new }, merchants.mart.keys = [ { token = mart-new } ] }");
        await one.ApplyAsync("router.merchants.mart = null");

        var done = Assert.IsType<RollbackAnswer.Done>(await other.RollBackAsync(1));

        Assert.Equal(4, done.Outcome.Version);
        Assert.Equal(["channel alpha: weight 3 -> 2", "merchant mart: added"], done.Outcome.Changes.AsEnumerable());
        Assert.Equal(
            [
                "channel alpha: secret is not taken back (it was replaced since)",
                "merchant mart: keys is not taken back (it was replaced since)",
            ],
            done.Outcome.Kept.AsEnumerable());
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
        {
            await WholeNode.EventuallyAsync(() => Task.FromResult(one.Version == 4)).WaitAsync(limit.Token);
        }

        Assert.Equal((2.0, "s-new"), (one.Alpha.Weight, one.Alpha.Secrets[0].Value));
        Assert.Equal(["mart", "shop"], one.Merchants);
        Assert.Equal(TokenHash.Of("mart-new"), one.KeyOf("mart"));
        var audit = (await new AuditTrail(Database).ListAsync(1, null, default))[0];
        Assert.Equal(
            ("configuration 4: channel alpha: weight 3 -> 2; merchant mart: added", "bob", "worse (back to 1)"),
            (audit.What, audit.By, audit.Reason));
        Assert.IsType<RollbackAnswer.NoSuchVersion>(await one.RollBackAsync(9));
        Assert.Null(Assert.IsType<RollbackAnswer.Done>(await one.RollBackAsync(4)).Outcome.Version);
    }

    private static ConfigurationVersion Version(long version, string what)
    {
        var secret = ConfigurationDocument.Parse($"router.channels.alpha {{ secret = s-hidden, weight = {version} }}");
        var alpha = ConfigurationLayers.Find(secret.Layer, "channels", "alpha")!;
        return new ConfigurationVersion(
            version, ConfigurationState.Unchanged.Define("channels", "alpha", alpha), PaymentSamples.At, "alice", "why", what);
    }

    private Task<ConfigurationStore> OpenAsync(string key) =>
        ConfigurationStore.OpenAsync(Database, EncryptionKeys.Load(key, "", liveMode: false), CancellationToken.None);
}
