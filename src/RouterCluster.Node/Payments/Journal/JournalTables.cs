using System.Data.Common;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Journal;

/// <summary>
/// The journals' tables in PostgreSQL as Akka's plugin creates them. The plugin would create them too, but of several nodes on
/// an empty database each would try at once, and all but one fail.
/// </summary>
internal static class JournalTables
{
    /// <summary>To be called with the schema locked. SQLite's journals are files of their own, which one node creates.</summary>
    public static async Task CreateAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation)
    {
        if (dialect.HasOneWriter)
        {
            return;
        }

        foreach (var name in JournalHocon.All)
        {
            await connection.ExecuteAsync(Statements(name), cancellation);
        }
    }

    /// <summary>Snapshots are not compressed: PostgreSQL's own way took a third of a second for each and saved little.</summary>
    private static string Statements(string name) => $"""
        create table if not exists {name}_journal (
          ordering bigint generated always as identity, created bigint not null, deleted boolean not null,
          persistence_id text not null, sequence_number bigint not null, message bytea not null, tags text, manifest text,
          identifier integer, writer_uuid text,
          constraint "PK_{name}_journal" primary key (ordering),
          constraint {name}_journal_uq unique (persistence_id, sequence_number));
        create index if not exists {name}_journal_created_idx on {name}_journal (created);
        create index if not exists {name}_journal_sequence_number_idx on {name}_journal (sequence_number);
        create table if not exists {name}_snapshots (
          persistence_id text not null, sequence_number bigint not null, created bigint not null, snapshot bytea, manifest text,
          serializer_id integer,
          constraint "PK_{name}_snapshots" primary key (persistence_id, sequence_number));
        alter table {name}_snapshots alter column snapshot set storage external;
        create index if not exists {name}_snapshots_created_idx on {name}_snapshots (created);
        create index if not exists {name}_snapshots_sequence_number_idx on {name}_snapshots (sequence_number)
        """;
}
