using Npgsql;
using NpgsqlTypes;

namespace RouterCluster.Node.Payments.Journal;

/// <summary>
/// One statement for any number of rows, an array for each column. It is a transaction of its own, so a commit is one
/// round trip.
/// </summary>
internal sealed class PostgreSqlJournalTable(string connectionString, string name, TimeSpan timeout) : JournalTable
{
    // A row is tens of kilobytes; the default buffer would go out in as many small packets.
    private const int WriteBufferBytes = 128 * 1024;

    private readonly NpgsqlParameter<long[]> _created = Array<long>(NpgsqlDbType.Bigint);
    private readonly NpgsqlParameter<string[]> _persistenceIds = Array<string>(NpgsqlDbType.Text);
    private readonly NpgsqlParameter<long[]> _sequenceNumbers = Array<long>(NpgsqlDbType.Bigint);
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>[]> _messages =
        Array<ReadOnlyMemory<byte>>(NpgsqlDbType.Bytea);
    private readonly NpgsqlParameter<string[]> _manifests = Array<string>(NpgsqlDbType.Text);
    private readonly NpgsqlParameter<int[]> _identifiers = Array<int>(NpgsqlDbType.Integer);
    private readonly NpgsqlParameter<string[]> _writers = Array<string>(NpgsqlDbType.Text);
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _insert;

    public override void Append(IReadOnlyList<JournalRow> rows)
    {
        try
        {
            var insert = _insert ?? Connect();
            _created.TypedValue = [.. rows.Select(row => row.Created)];
            _persistenceIds.TypedValue = [.. rows.Select(row => row.PersistenceId)];
            _sequenceNumbers.TypedValue = [.. rows.Select(row => row.SequenceNumber)];
            _messages.TypedValue = [.. rows.Select(row => row.Message)];
            _manifests.TypedValue = [.. rows.Select(row => row.Manifest)];
            _identifiers.TypedValue = [.. rows.Select(row => row.Identifier)];
            _writers.TypedValue = [.. rows.Select(row => row.Writer)];
            insert.ExecuteNonQuery();
        }
        catch (Exception failure) when (!IsOfTheRows(failure))
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Classes 22 and 23: data that cannot be stored, and constraints.</summary>
    public override bool IsOfTheRows(Exception failure) =>
        failure is PostgresException refusal && refusal.SqlState[..2] is ("22" or "23");

    public override void Dispose()
    {
        _insert?.Parameters.Clear();
        _insert?.Dispose();
        _connection?.Dispose();
        _insert = null;
        _connection = null;
    }

    private NpgsqlCommand Connect()
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Enlist = false,
            CommandTimeout = (int)Math.Ceiling(timeout.TotalSeconds),
            WriteBufferSize = WriteBufferBytes,
        };
        _connection = new NpgsqlConnection(settings.ConnectionString);
        _connection.Open();
        CompressQuickly(_connection);
        _insert = new NpgsqlCommand(
            $"""
            insert into {name}
              (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid)
            select created, false, persistence_id, sequence_number, message, '', manifest, identifier, writer_uuid
            from unnest($1, $2, $3, $4, $5, $6, $7)
              as rows (created, persistence_id, sequence_number, message, manifest, identifier, writer_uuid)
            """,
            _connection);
        _insert.Parameters.AddRange(
            new NpgsqlParameter[]
            {
                _created, _persistenceIds, _sequenceNumbers, _messages, _manifests, _identifiers, _writers,
            });
        _insert.Prepare();
        return _insert;
    }

    /// <summary>Long rows are compressed; where the server can do it by LZ4, that takes a fraction of the time.</summary>
    private static void CompressQuickly(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            """
            select set_config(name, 'lz4', false) from pg_settings
            where name = 'default_toast_compression' and 'lz4' = any(enumvals)
            """,
            connection);
        command.ExecuteNonQuery();
    }

    private static NpgsqlParameter<T[]> Array<T>(NpgsqlDbType element) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | element };
}
