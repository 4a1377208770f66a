using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Tests.Platform.Storage;

/// <summary>Tests of what an empty database keeps, for each storage by a class of its own.</summary>
public abstract class DatabaseContract : IAsyncLifetime
{
    private TestStorage? _storage;
    private RouterDatabase? _database;

    protected StorageAddress Address => _storage!.Address;

    protected RouterDatabase Database => _database!;

    public async Task InitializeAsync()
    {
        _storage = await NewStorage();
        _database = RouterDatabase.Open(_storage.Address);
        await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await _database!.DisposeAsync();
        _storage!.Dispose();
    }

    protected abstract Task<TestStorage> NewStorage();

    /// <summary>What each test begins with.</summary>
    protected virtual Task OpenAsync() => Task.CompletedTask;
}
