using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Journal;

/// <summary>
/// The plugin's table of events, on a connection that stays open, with prepared statements. Blocks its caller, which is
/// the writer's thread.
/// </summary>
internal abstract class JournalTable : IDisposable
{
    /// <summary>
    /// Returns when all rows are durable. After an exception that <see cref="IsOfTheRows"/> none is; after any other
    /// exception nobody knows.
    /// </summary>
    public abstract void Append(IReadOnlyList<JournalRow> rows);

    /// <summary>The storage works and refuses these rows; others may still be written.</summary>
    public abstract bool IsOfTheRows(Exception failure);

    public abstract void Dispose();

    /// <param name="timeout">Of a statement.</param>
    public static JournalTable Open(string providerName, string connectionString, string name, TimeSpan timeout) =>
        JournalHocon.ProviderOf(providerName) switch
        {
            StorageProvider.Sqlite => new SqliteJournalTable(connectionString, name, timeout),
            StorageProvider.PostgreSql => new PostgreSqlJournalTable(connectionString, name, timeout),
        };
}
