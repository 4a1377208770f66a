using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Journal;
using Akka.Serialization;
using RouterCluster.Node.Payments.Codec;

namespace RouterCluster.Node.Payments.Journal;

/// <summary>
/// The plugin's journal with a write path of our own: all books of the node share one writer and its transactions. Rows
/// go into the plugin's table as the plugin writes them; it still creates the table, replays, deletes and queries.
/// </summary>
public sealed class BookJournal : SqlWriteJournal
{
    /// <summary>As the configuration of the plugin names it.</summary>
    public const string ClassName = "RouterCluster.Node.Payments.Journal.BookJournal, RouterCluster.Node";

    private readonly Serialization _serialization = Context.System.Serialization;
    private readonly ITimeProvider _clock = Context.System.Scheduler;
    private readonly JournalWriter _writer;

    /// <param name="config">The plugin's own settings; there are no others.</param>
    public BookJournal(Config config)
        : base(config)
    {
        var table = JournalTable.Open(
            config.GetString("provider-name"), config.GetString("connection-string"),
            config.GetString("default.journal.table-name"), config.GetTimeSpan("circuit-breaker.call-timeout"));
        _writer = new JournalWriter(table, config.GetInt("buffer-size"));
    }

    protected override void PostStop()
    {
        _writer.Dispose();
        base.PostStop();
    }

    /// <summary>
    /// A book that comes back while a write of its former life is under way must find that row, or none for ever.
    /// </summary>
    public override async Task<long> ReadHighestSequenceNrAsync(
        string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        await _writer.FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr, cancellationToken).ConfigureAwait(false);
    }

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var created = _clock.Now.UtcTicks;
        var rows = new List<JournalRow>();
        var rejections = ImmutableList.CreateBuilder<Exception>();
        foreach (var message in messages)
        {
            rejections.Add(Serialize(message, created, rows)!);
        }

        await _writer.AppendAsync(rows, cancellationToken).ConfigureAwait(false);
        return rejections.ToImmutable();
    }

    /// <summary>Adds the rows of a write as a whole or, where one of them has no stored form, none.</summary>
    private Exception? Serialize(AtomicWrite write, long created, List<JournalRow> rows)
    {
        var before = rows.Count;
        try
        {
            foreach (var @event in (IImmutableList<IPersistentRepresentation>)write.Payload)
            {
                var serializer = _serialization.FindSerializerFor(@event.Payload);
                rows.Add(new JournalRow(
                    @event.PersistenceId, @event.SequenceNr, BytesOf(serializer, @event.Payload), serializer.Identifier,
                    ManifestOf(serializer, @event.Payload), @event.WriterGuid, created));
            }

            return null;
        }
        catch (Exception failure)
        {
            rows.RemoveRange(before, rows.Count - before);
            return failure;
        }
    }

    /// <summary>A book's row is its bytes, and under load there are many.</summary>
    private static ReadOnlyMemory<byte> BytesOf(Serializer serializer, object payload) =>
        payload is BookRow row && serializer is BookSerializer ? row.Bytes : serializer.ToBinary(payload);

    private static string ManifestOf(Serializer serializer, object payload) => serializer switch
    {
        SerializerWithStringManifest own => own.Manifest(payload),
        { IncludeManifest: true } => payload.GetType().AssemblyQualifiedName!,
        _ => "",
    };
}
