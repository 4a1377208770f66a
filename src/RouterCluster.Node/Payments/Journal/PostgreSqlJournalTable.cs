using Npgsql;
using NpgsqlTypes;

namespace RouterCluster.Node.Payments.Journal;

/// <summary>
/// One statement with an array per column takes any number of rows and is its own transaction, so that a commit is one
/// round trip.
/// </summary>
internal sealed class PostgreSqlJournalTable(string connectionString, string name, TimeSpan timeout) : JournalTable
{
    // A row is tens of kilobytes; the default buffer would send it in many small packets.
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

    /// <summary>Classes 22 and 23: invalid data and violated constraints.</summary>
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

    /// <summary>Compresses long rows by LZ4 where the server supports it, which takes a fraction of the time.</summary>
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
