using System.Data.Common;
using Microsoft.Data.Sqlite;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Codec;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Channels;

/// <summary>
/// Reads channels' events back. On PostgreSQL the rows are beside the read model, on SQLite in a file of their own, which is
/// read without being kept open.
/// </summary>
internal sealed class ChannelJournal(RouterDatabase database, StorageAddress address)
{
    private const string Table = $"{JournalHocon.Channels}_journal";

    /// <summary>Newest first.</summary>
    /// <param name="channel">Null: of all channels.</param>
    /// <param name="before">Not this row, and none that comes before it in the list.</param>
    public Task<IReadOnlyList<ChannelRow>> ReadAsync(
        ChannelId? channel, DateTimeOffset since, (DateTimeOffset At, long Ordering) before, int limit,
        CancellationToken cancellation)
    {
        var ofChannel = channel is null ? "" : "and persistence_id = @channel";
        Task<IReadOnlyList<ChannelRow>> RowsAsync(DbConnection connection) => connection.QueryAsync(
            $"""
            select ordering, created, persistence_id, message from {Table}
            where created >= @since and created <= @at and (created < @at or ordering < @ordering) {ofChannel}
            order by created desc, ordering desc limit @limit
            """,
            Read, cancellation,
            [
                ("since", since.UtcTicks), ("at", before.At.UtcTicks), ("ordering", before.Ordering), ("limit", limit),
                .. channel is { } id ? new (string, object)[] { ("channel", $"{ChannelEntity.IdPrefix}{id}") } : [],
            ]);
        return address.Provider == StorageProvider.PostgreSql
            ? database.ReadAsync(RowsAsync, cancellation)
            : InFileAsync(RowsAsync, cancellation);
    }

    private static ChannelRow Read(DbDataReader row) => new(
        row.GetInt64(0), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero),
        row.GetString(2)[ChannelEntity.IdPrefix.Length..], Decoded(row.GetFieldValue<byte[]>(3)));

    private static ChannelEvent? Decoded(byte[] bytes)
    {
        try
        {
            return ChannelCodec.DecodeEvent(bytes);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>SQLite's driver reads the disk on the calling thread.</summary>
    private async Task<T> InFileAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var file = new SqliteConnectionStringBuilder(SqliteFile.ConnectionString(address.DataDir, JournalHocon.Channels))
        {
            Pooling = false,
        };
        await using var connection = new SqliteConnection(file.ConnectionString);
        await connection.OpenAsync(cancellation);
        return await read(connection);
    }
}

/// <param name="At">When the row went to the storage.</param>
/// <param name="Event">Null: of a kind that this version does not know.</param>
internal sealed record ChannelRow(long Ordering, DateTimeOffset At, string Channel, ChannelEvent? Event);
