using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using Npgsql;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// Writes rows by COPY in PostgreSQL's binary format (https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format"),
/// without allocating an object per row.
/// </summary>
internal static class PostgreSqlCopy
{
    private const int BytesPerFlush = 32 * 1024;
    private const int LengthOfNull = -1;
    private const short EndOfRows = -1;

    /// <summary>The signature, no flags, no extension.</summary>
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    public static async Task WriteAsync<TRow>(
        NpgsqlConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellation)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync(
            $"copy {table.Name} ({table.ColumnNames}) from stdin (format binary)", cancellation);
        try
        {
            // Disposing of the stream ends the copy and throws if the rows were refused.
            var to = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: BytesPerFlush, leaveOpen: true));
            to.Write(Header);
            foreach (var row in rows)
            {
                Write(to, table.Columns, row);
                if (to.UnflushedBytes >= BytesPerFlush)
                {
                    await to.FlushAsync(cancellation);
                }
            }

            Write(to, EndOfRows);
            await to.CompleteAsync();
        }
        catch
        {
            await stream.CancelAsync();
            throw;
        }
    }

    private static void Write<TRow>(PipeWriter to, IReadOnlyList<SqlColumn<TRow>> columns, TRow row)
    {
        Write(to, (short)columns.Count);
        for (var i = 0; i < columns.Count; i++)
        {
            Write(to, columns[i].Type, columns[i].Value(row));
        }
    }

    private static void Write(PipeWriter to, SqlType type, object? value)
    {
        switch (type)
        {
            case SqlType.Text when value is null:
                Write(to, LengthOfNull);
                break;
            case SqlType.Text:
                var text = (string)value;
                Write(to, Encoding.UTF8.GetByteCount(text));
                Encoding.UTF8.GetBytes(text, to);
                break;
            case SqlType.Number:
                Write(to, sizeof(long));
                BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(sizeof(long)), (long)value!);
                to.Advance(sizeof(long));
                break;
            case SqlType.Flag:
                Write(to, sizeof(bool));
                to.Write([(byte)((bool)value! ? 1 : 0)]);
                break;
            case SqlType.Bytes:
                var bytes = (byte[])value!;
                Write(to, bytes.Length);
                to.Write(bytes);
                break;
        }
    }

    private static void Write(PipeWriter to, int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(to.GetSpan(sizeof(int)), number);
        to.Advance(sizeof(int));
    }

    private static void Write(PipeWriter to, short number)
    {
        BinaryPrimitives.WriteInt16BigEndian(to.GetSpan(sizeof(short)), number);
        to.Advance(sizeof(short));
    }
}
