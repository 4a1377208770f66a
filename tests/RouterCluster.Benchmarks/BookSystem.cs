using Akka.Actor;
using Akka.Configuration;
using RouterCluster.Actors.Payments.Codec;
using RouterCluster.Actors.Storage;

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
    private const string PluginClass =
        "akka.persistence.journal.books.class = \"Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql\"";

    public static ActorSystem Start(StorageAddress storage, BookWriter writer) => ActorSystem.Create(
        "benchmark",
        ConfigurationFactory.ParseString(writer == BookWriter.Plugin ? PluginClass : "")
            .WithFallback(ConfigurationFactory.ParseString("akka.loglevel = WARNING"))
            .WithFallback(ConfigurationFactory.ParseString(JournalHocon.For(storage)))
            .WithFallback(ConfigurationFactory.ParseString(BookSerializer.Hocon)));
}
