using RouterCluster.Node.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Platform.Storage;

public sealed class StorageStampOnSqlite : StorageStampContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();
}

[Collection(PostgresCollection.Name)]
public sealed class StorageStampOnPostgreSql(PostgresFixture postgres) : StorageStampContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);
}

public abstract class StorageStampContract : IAsyncLifetime
{
    private TestStorage? _storage;

    public async Task InitializeAsync() => _storage = await NewStorage();

    public Task DisposeAsync()
    {
        _storage!.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_storage_keeps_what_it_was_begun_with()
    {
        var first = await Claim();
        var second = await Claim();

        Assert.Equal((4, "local", "check"), (second.Books, second.Environment, second.KeyCheck));
        Assert.Equal(16, first.IdSalt.Length);
        Assert.Equal(first.IdSalt.ToArray(), second.IdSalt.ToArray());
    }

    [Fact]
    public async Task Two_storages_have_different_salts()
    {
        using var other = await NewStorage();
        Assert.NotEqual((await Claim()).IdSalt.ToArray(), (await ClaimOn(other, 4, "local", "check")).IdSalt.ToArray());
    }

    [Theory]
    [InlineData(8, "local", "check", "it has 4 books, router.books is 8")]
    [InlineData(4, "prod", "check", "it belongs to environment 'local', router.environment is 'prod'")]
    [InlineData(4, "local", "other", "its accounts are sealed with another key than router.encryption-key")]
    public async Task What_differs_is_named_in_one_line(int books, string environment, string keyCheck, string difference)
    {
        await Claim();
        var mismatch = await Assert.ThrowsAsync<StorageMismatchException>(() => ClaimOn(_storage!, books, environment, keyCheck));
        Assert.Equal($"The storage does not fit the configuration: {difference}.", mismatch.Message);
        await Claim();
    }

    [Fact]
    public async Task Nodes_that_start_at_once_agree()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Claim()));
        Assert.Single(claims.Select(stamp => Convert.ToHexString(stamp.IdSalt.Span)).Distinct());
    }

    [Fact]
    public async Task A_ring_without_a_key_that_was_once_in_it_is_refused_and_leaves_nothing_behind()
    {
        await ClaimOn(_storage!, 4, "local", "check", "check", "second");

        foreach (var ring in new[] { new[] { "check" }, ["check", "typo"] })
        {
            var mismatch = await Assert.ThrowsAsync<StorageMismatchException>(
                () => ClaimOn(_storage!, 4, "local", "check", ring));
            Assert.Contains("1 of the keys that sealed its accounts", mismatch.Message, StringComparison.Ordinal);
        }

        await ClaimOn(_storage!, 4, "local", "check", "check", "second");
        await ClaimOn(_storage!, 4, "local", "check", "check", "second", "third");
        await Assert.ThrowsAsync<StorageMismatchException>(() => ClaimOn(_storage!, 4, "local", "check", "check", "second"));
    }

    protected abstract Task<TestStorage> NewStorage();

    private Task<StorageStamp> Claim() => ClaimOn(_storage!, 4, "local", "check");

    private static async Task<StorageStamp> ClaimOn(
        TestStorage storage, int books, string environment, string keyCheck, params string[] ring)
    {
        await using var database = RouterDatabase.Open(storage.Address);
        return await StorageStamp.ClaimAsync(database, books, environment, keyCheck, ring, CancellationToken.None);
    }
}
