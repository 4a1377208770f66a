using System.Data.Common;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Channels.Claims;

/// <summary>One row for each channel: its owner, or its last one.</summary>
internal static class ClaimTable
{
    /// <summary>To be called with the schema locked.</summary>
    public static Task CreateAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation)
    {
        var number = dialect.TypeName(SqlType.Number);
        return connection.ExecuteAsync(
            $"""
            create table if not exists channel_claim (
              channel text primary key, incarnation text not null, epoch {number} not null, state {number} not null,
              longest_call_ms {number} not null)
            """,
            cancellation);
    }

    /// <returns>Null: another owner took the channel between reading and writing.</returns>
    public static async Task<(long Epoch, LastOwner? Last)?> TakeAsync(
        DbConnection connection, string incarnation, ChannelId channel, TimeSpan longestCall, CancellationToken cancellation)
    {
        var row = (await connection.QueryAsync(
            "select incarnation, epoch, state, longest_call_ms from channel_claim where channel = @channel",
            row => (Epoch: row.GetInt64(1), Last: new LastOwner(
                row.GetString(0), (ClaimState)row.GetInt64(2), TimeSpan.FromMilliseconds(row.GetInt64(3)))),
            cancellation, ("channel", channel.Value))).Select(row => ((long Epoch, LastOwner Last)?)row).SingleOrDefault();
        var last = row?.Last;
        var isFree = last is null or { State: ClaimState.Released };
        var longest = isFree || last!.LongestCall < longestCall ? longestCall : last.LongestCall;
        var epoch = (row?.Epoch ?? 0) + 1;
        var changed = await connection.ExecuteAsync(
            """
            insert into channel_claim (channel, incarnation, epoch, state, longest_call_ms)
            values (@channel, @incarnation, @epoch, @state, @longest)
            on conflict (channel) do update set incarnation = excluded.incarnation, epoch = excluded.epoch,
              state = excluded.state, longest_call_ms = excluded.longest_call_ms
            where channel_claim.epoch = @epoch - 1
            """,
            cancellation,
            ("channel", channel.Value), ("incarnation", incarnation), ("epoch", epoch),
            ("state", (long)(isFree ? ClaimState.Open : ClaimState.Waiting)), ("longest", RoundedUp(longest)));
        return changed == 1 ? (epoch, last) : null;
    }

    public static Task MarkAsync(
        DbConnection connection, ChannelId channel, long epoch, ClaimState state, TimeSpan? longestCall,
        CancellationToken cancellation) => connection.ExecuteAsync(
            """
            update channel_claim set state = @state, longest_call_ms = coalesce(@longest, longest_call_ms)
            where channel = @channel and epoch = @epoch
            """,
            cancellation,
            ("state", (long)state), ("channel", channel.Value), ("epoch", epoch),
            ("longest", longestCall is { } longest ? RoundedUp(longest) : DBNull.Value));

    public static Task<IReadOnlyList<(ChannelId Channel, long Epoch)>> OfAsync(
        RouterDatabase database, string incarnation, CancellationToken cancellation) => database.QueryAsync(
            "select channel, epoch from channel_claim where incarnation = @incarnation",
            row => (new ChannelId(row.GetString(0)), row.GetInt64(1)), cancellation, ("incarnation", incarnation));

    private static long RoundedUp(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);
}
