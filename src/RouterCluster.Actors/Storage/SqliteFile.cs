using Microsoft.Data.Sqlite;

namespace RouterCluster.Actors.Storage;

/// <summary>One of the files in the data folder.</summary>
internal static class SqliteFile
{
    public static string ConnectionString(string dataDir, string name) =>
        new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(Path.Combine(dataDir, $"{name}.db")) }.ToString();

    /// <summary>
    /// Turns on write-ahead logging, which stays in the file: readers and the writer no longer wait for each other, and
    /// a commit syncs once. Whoever else opens the file finds it so.
    /// </summary>
    public static void Prepare(string connectionString)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(new SqliteConnectionStringBuilder(connectionString).DataSource)!);
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
