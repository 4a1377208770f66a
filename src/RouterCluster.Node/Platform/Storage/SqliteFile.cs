using Microsoft.Data.Sqlite;

namespace RouterCluster.Node.Platform.Storage;

internal static class SqliteFile
{
    /// <summary>
    /// For a connection that writes much: a checkpoint at 16 MB of log, so that a page changed by many rows is copied
    /// into the file once, and a cache of the same size.
    /// </summary>
    public const string ForManyWrites = "PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16000";

    public static string ConnectionString(string dataDir, string name) =>
        new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(Path.Combine(dataDir, $"{name}.db")) }.ToString();

    /// <summary>
    /// Creates the file readable by its owner alone (SQLite gives its side files the same mode) and turns on write-ahead
    /// logging, which the file remembers: readers and the writer do not wait for each other, and a commit syncs once.
    /// </summary>
    public static void Prepare(string connectionString)
    {
        var path = new SqliteConnectionStringBuilder(connectionString).DataSource;
        PrivateFiles.CreateDirectory(Path.GetDirectoryName(path)!);
        PrivateFiles.CreateFile(path);
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL";
        if (command.ExecuteScalar() as string != "wal")
        {
            throw new InvalidOperationException($"{connection.DataSource} cannot be switched to write-ahead logging.");
        }
    }
}
