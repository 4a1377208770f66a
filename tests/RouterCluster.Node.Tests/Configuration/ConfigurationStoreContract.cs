using System.Text;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Configuration;
using RouterCluster.Node.Platform.Secrets;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Settings;
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
public abstract class ConfigurationStoreContract : IAsyncLifetime
{
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    private TestStorage? _storage;
    private RouterDatabase? _database;

    public async Task InitializeAsync()
    {
        _storage = await NewStorage();
        _database = RouterDatabase.Open(_storage.Address);
    }

    public async Task DisposeAsync()
    {
        await _database!.DisposeAsync();
        _storage!.Dispose();
    }

    protected abstract Task<TestStorage> NewStorage();

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
        var audit = await new AuditTrail(_database!).ListAsync(10, null, default);
        Assert.Equal("configuration 2: c", audit[0].What);
        Assert.Equal(2, audit.Count);
    }

    [Fact]
    public async Task Secrets_are_sealed_and_another_key_cannot_read_them()
    {
        var store = await OpenAsync(Key);
        await store.AddAsync(Version(1, "a"), default);

        var stored = await _database!.QueryAsync(
            "select body from configuration_versions", row => Encoding.UTF8.GetString((byte[])row.GetValue(0)), default);

        Assert.DoesNotContain("s-hidden", Assert.Single(stored), StringComparison.Ordinal);
        var stranger = await OpenAsync(Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray()));
        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => stranger.NewestAsync(default));
        var rotated = await OpenAsync($"{Key},{Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray())}");
        Assert.Equal(1, (await rotated.NewestAsync(default)).Version);
    }

    private static ConfigurationVersion Version(long version, string what)
    {
        var secret = ConfigurationDocument.Parse($"router.channels.alpha {{ secret = s-hidden, weight = {version} }}");
        var alpha = ConfigurationLayers.Find(secret.Layer, "channels", "alpha")!;
        return new ConfigurationVersion(
            version, ConfigurationState.Unchanged.Define("channels", "alpha", alpha), PaymentSamples.At, "alice", "why", what);
    }

    private Task<ConfigurationStore> OpenAsync(string key) =>
        ConfigurationStore.OpenAsync(_database!, EncryptionKeys.Load(key, "", liveMode: false), CancellationToken.None);
}
