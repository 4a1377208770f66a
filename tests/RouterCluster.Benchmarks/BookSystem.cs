using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Payments.Journal;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Benchmarks;

/// <summary>Who writes the books' table.</summary>
internal enum BookWriter
{
    /// <summary>The router's own writer.</summary>
    Router,

    /// <summary>The plugin as it comes, on the same settings.</summary>
    Plugin,
}

/// <summary>An actor system with the books' journal and codec and nothing else.</summary>
internal static class BookSystem
{
    public const string StockJournal = "akka.persistence.journal.sql";
    public const string StockSnapshots = "akka.persistence.snapshot-store.sql";

    private const string PluginClass =
        "akka.persistence.journal.books.class = \"Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql\"";

    public static ActorSystem Start(StorageAddress storage, BookWriter writer) => ActorSystem.Create(
        "benchmark",
        ConfigurationFactory.ParseString(writer == BookWriter.Plugin ? PluginClass : "")
            .WithFallback(ConfigurationFactory.ParseString("akka.loglevel = WARNING"))
            .WithFallback(ConfigurationFactory.ParseString(JournalHocon.For(storage, BookJournal.ClassName)))
            .WithFallback(ConfigurationFactory.ParseString(BookSerializer.Hocon)));

    /// <summary>
    /// The plugin as its documentation sets it up, with none of our settings: its own journal, tables and defaults. On
    /// SQLite the file is in write-ahead mode, as a team that looks at its speed would have it.
    /// </summary>
    public static ActorSystem StartStock(StorageAddress storage)
    {
        var ours = ConfigurationFactory.ParseString(JournalHocon.For(storage, BookJournal.ClassName))
            .GetConfig(JournalHocon.JournalId(JournalHocon.Books));
        var database = $$"""
            {
              provider-name = "{{ours.GetString("provider-name")}}"
              connection-string = "{{ours.GetString("connection-string")}}"
              auto-initialize = true
            }
            """;
        return ActorSystem.Create(
            "benchmark",
            ConfigurationFactory.ParseString($"akka.loglevel = WARNING\n{StockJournal} {database}\n{StockSnapshots} {database}")
                .WithFallback(ConfigurationFactory.ParseString(BookSerializer.Hocon))
                .WithFallback(SqlPersistence.DefaultConfiguration));
    }
}
