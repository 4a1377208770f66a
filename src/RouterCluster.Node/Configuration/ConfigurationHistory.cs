namespace RouterCluster.Node.Configuration;

internal sealed class ConfigurationHistory(ConfigurationInForce inForce, ConfigurationStore store) : IConfigurationHistory
{
    public long InForce => inForce.Current.Version;

    public Task<IReadOnlyList<ConfigurationNote>> ListAsync(long? before, int limit, CancellationToken cancellation) =>
        store.ListAsync(before ?? long.MaxValue, limit, cancellation);

    public async Task<ConfigurationNote?> FindAsync(long version, CancellationToken cancellation) =>
        version == long.MaxValue
            ? null
            : (await store.ListAsync(version + 1, 1, cancellation)).SingleOrDefault(note => note.Version == version);
}
