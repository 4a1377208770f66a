using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Journal;

/// <summary>The plugin's table of events, on a connection that stays open, with statements prepared once.</summary>
/// <remarks>Blocks its caller, which is the writer's thread and nobody else.</remarks>
internal abstract class JournalTable : IDisposable
{
    /// <summary>
    /// When it returns, all rows are durable. An exception that <see cref="IsOfTheRows"/> means that none is; after any
    /// other, nobody knows.
    /// </summary>
    public abstract void Append(IReadOnlyList<JournalRow> rows);

    /// <summary>The storage works and refuses these rows, so that others may still be written.</summary>
    public abstract bool IsOfTheRows(Exception failure);

    public abstract void Dispose();

    /// <param name="name">Of the table.</param>
    /// <param name="timeout">After which a statement is given up.</param>
    public static JournalTable Open(string providerName, string connectionString, string name, TimeSpan timeout) =>
        JournalHocon.ProviderOf(providerName) switch
        {
            StorageProvider.Sqlite => new SqliteJournalTable(connectionString, name, timeout),
            StorageProvider.PostgreSql => new PostgreSqlJournalTable(connectionString, name, timeout),
        };
}
