using Microsoft.Data.Sqlite;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>One of the files in the data folder.</summary>
internal static class SqliteFile
{
    /// <summary>
    /// For a connection that writes much. Pages go from the log into the file when it has grown to 16 MB, so that one
    /// which many rows change goes there once; and as many of them stay in memory.
    /// </summary>
    public const string ForManyWrites = "PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16000";

    public static string ConnectionString(string dataDir, string name) =>
        new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(Path.Combine(dataDir, $"{name}.db")) }.ToString();

    /// <summary>
    /// Makes the file, for its owner alone; the files that SQLite puts beside it are as readable as it is. Turns on
    /// write-ahead logging, which stays in the file: readers and the writer no longer wait for each other, and a commit syncs
    /// once. Whoever else opens the file finds it so.
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
