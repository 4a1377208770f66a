using System.Text.Encodings.Web;
using System.Text.Json;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// The configuration of the three journals and their snapshots, kept apart so that a storm of payments delays neither
/// channels nor shards. Every key that the node relies on is written out, whatever the plugin's defaults become.
/// </summary>
public static class JournalHocon
{
    public const string Books = "books";
    public const string Channels = "channels";
    public const string Sharding = "sharding";

    internal static readonly IReadOnlyList<string> All = [Books, Channels, Sharding];

    private const string SqliteName = "SQLite.MS";
    private const string PostgreSqlName = "PostgreSQL.15";

    private const string PluginClass = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql";

    private const string HotPath = "akka.actor.default-dispatcher";
    private const string Apart = "akka.persistence.dispatchers.default-plugin-dispatcher";

    private const int NoBreaker = int.MaxValue;

    /// <summary>HOCON quotes as JSON does, but needs none of JSON's escapes for HTML.</summary>
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string JournalId(string name) => $"akka.persistence.journal.{name}";

    public static string SnapshotStoreId(string name) => $"akka.persistence.snapshot-store.{name}";

    internal static StorageProvider ProviderOf(string providerName) => providerName switch
    {
        SqliteName => StorageProvider.Sqlite,
        PostgreSqlName => StorageProvider.PostgreSql,
        _ => throw new ArgumentException(
            $"'{providerName}' is no database that the books' journal writes to.", nameof(providerName)),
    };

    /// <summary>On SQLite also creates the files, whose logging mode must be set before the plugin opens them.</summary>
    /// <param name="bookJournal">The class of the books' journal; the other journals use the plugin's class.</param>
    public static string For(StorageAddress address, string bookJournal)
    {
        var plugins = All.Select(
            name => JournalOf(address, name, name == Books ? bookJournal : PluginClass)
            + SnapshotStore(address, name));
        return string.Concat(plugins) + $$"""
            akka.cluster.sharding {
              state-store-mode = ddata
              remember-entities-store = eventsourced
              journal-plugin-id = "{{JournalId(Sharding)}}"
              snapshot-plugin-id = "{{SnapshotStoreId(Sharding)}}"
            }

            """;
    }

    /// <remarks>
    /// <c>replay-filter</c>: the default silently drops the older writer's events after a split brain.
    /// <c>plugin-dispatcher</c>: the books' journal only passes rows on to its writer's thread, and another thread would have
    /// to be woken for that.
    /// <c>parallelism</c>: one writer makes big batches; side-by-side transactions only make commits wait.
    /// <c>tag-write-mode</c>: nothing is tagged, and this mode needs no second table.
    /// <c>circuit-breaker</c>: never opens. A half-open one lets one call through and fails the others inside the plugin's
    /// actor, so that a recovering book's request for its snapshot was never answered.
    /// </remarks>
    private static string JournalOf(StorageAddress address, string name, string journalClass) => $$"""
        {{JournalId(name)}} {
          class = "{{journalClass}}"
          plugin-id = "{{JournalId(name)}}"
          plugin-dispatcher = "{{(name == Books ? HotPath : Apart)}}"
          {{Connection(address, name)}}
          auto-initialize = true
          table-mapping = default
          parallelism = 1
          buffer-size = 5000
          batch-size = 100
          db-round-trip-max-batch-size = 1000
          max-row-by-row-size = 100
          prefer-parameters-on-multirow-insert = true
          replay-batch-size = 1000
          tag-write-mode = Csv
          delete-compatibility-mode = false
          recovery-event-timeout = 30s
          replay-filter.mode = fail
          circuit-breaker { max-failures = {{NoBreaker}}, call-timeout = 10s, reset-timeout = 3s }
          default {
            journal { use-writer-uuid-column = true, table-name = "{{name}}_journal" }
            metadata.table-name = "{{name}}_metadata"
            tag.table-name = "{{name}}_tags"
          }
        }

        """;

    private static string SnapshotStore(StorageAddress address, string name) => $$"""
        {{SnapshotStoreId(name)}} {
          class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
          plugin-id = "{{SnapshotStoreId(name)}}"
          {{Connection(address, $"{name}-snapshots")}}
          auto-initialize = true
          table-mapping = default
          snapshot-is-optional = false
          circuit-breaker { max-failures = {{NoBreaker}}, call-timeout = 20s, reset-timeout = 3s }
          default.snapshot.table-name = "{{name}}_snapshots"
        }

        """;

    /// <summary>
    /// On SQLite journal and snapshots have separate files: a file has one write lock, and events go first.
    /// </summary>
    private static string Connection(StorageAddress address, string file)
    {
        switch (address.Provider)
        {
            case StorageProvider.Sqlite:
                var connectionString = SqliteFile.ConnectionString(address.DataDir, file);
                SqliteFile.Prepare(connectionString);
                return Setting(SqliteName, connectionString);
            case StorageProvider.PostgreSql:
                return Setting(PostgreSqlName, address.ConnectionFor(StoragePurpose.Journals));
            default:
                throw new ArgumentOutOfRangeException(nameof(address));
        }
    }

    private static string Setting(string provider, string connectionString) =>
        $"provider-name = \"{provider}\", connection-string = {JsonSerializer.Serialize(connectionString, Readable)}";
}
