using Microsoft.Data.Sqlite;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Journal;

/// <summary>SQLite runs in this process: one prepared statement, executed for each row in one transaction.</summary>
internal sealed class SqliteJournalTable(string connectionString, string name, TimeSpan timeout) : JournalTable
{
    // SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH.
    private static readonly int[] RefusesRow = [18, 19, 20];

    private readonly SqliteParameter _created = new("@created", SqliteType.Integer);
    private readonly SqliteParameter _persistenceId = new("@persistence_id", SqliteType.Text);
    private readonly SqliteParameter _sequenceNumber = new("@sequence_number", SqliteType.Integer);
    private readonly SqliteParameter _message = new("@message", SqliteType.Blob);
    private readonly SqliteParameter _manifest = new("@manifest", SqliteType.Text);
    private readonly SqliteParameter _identifier = new("@identifier", SqliteType.Integer);
    private readonly SqliteParameter _writer = new("@writer_uuid", SqliteType.Text);
    private SqliteConnection? _connection;
    private SqliteCommand? _insert;

    public override void Append(IReadOnlyList<JournalRow> rows)
    {
        try
        {
            var insert = _insert ?? Connect();
            using var transaction = _connection!.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var row in rows)
            {
                _created.Value = row.Created;
                _persistenceId.Value = row.PersistenceId;
                _sequenceNumber.Value = row.SequenceNumber;
                _message.Value = row.Message;
                _manifest.Value = row.Manifest;
                _identifier.Value = row.Identifier;
                _writer.Value = row.Writer;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }
        catch (Exception failure) when (!IsOfTheRows(failure))
        {
            Dispose();
            throw;
        }
    }

    public override bool IsOfTheRows(Exception failure) =>
        failure is SqliteException refusal && RefusesRow.Contains(refusal.SqliteErrorCode);

    public override void Dispose()
    {
        _insert?.Parameters.Clear();
        _insert?.Dispose();
        _connection?.Dispose();
        _insert = null;
        _connection = null;
    }

    private SqliteCommand Connect()
    {
        // A pooled connection would keep the file open after the node has stopped.
        var settings = new SqliteConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            DefaultTimeout = (int)Math.Ceiling(timeout.TotalSeconds),
        };
        _connection = new SqliteConnection(settings.ConnectionString);
        _connection.Open();
        using var settled = new SqliteCommand($"PRAGMA synchronous=FULL; {SqliteFile.ForManyWrites}", _connection);
        settled.ExecuteNonQuery();
        _insert = new SqliteCommand(
            $"""
            insert into {name}
              (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid)
            values (@created, 0, @persistence_id, @sequence_number, @message, '', @manifest, @identifier, @writer_uuid)
            """,
            _connection);
        _insert.Parameters.AddRange([_created, _persistenceId, _sequenceNumber, _message, _manifest, _identifier, _writer]);
        _insert.Prepare();
        return _insert;
    }
}
