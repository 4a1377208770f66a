using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Journal;
using Akka.Serialization;
using RouterCluster.Node.Payments.Codec;

namespace RouterCluster.Node.Payments.Journal;

/// <summary>
/// The plugin's journal with another write path: all books of the node share one writer and its transactions. The rows
/// have the plugin's format; it still creates the table, replays, deletes and queries.
/// </summary>
public sealed class BookJournal : SqlWriteJournal
{
    public const string ClassName = "RouterCluster.Node.Payments.Journal.BookJournal, RouterCluster.Node";

    private readonly Serialization _serialization = Context.System.Serialization;
    private readonly ITimeProvider _clock = Context.System.Scheduler;
    private readonly JournalWriter _writer;

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
    /// A book that recovers while a write of its former incarnation is under way must find that row now or never.
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

    /// <summary>Adds all rows of a write or, if one of them cannot be serialized, none.</summary>
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

    /// <summary>A book's row is already bytes.</summary>
    private static ReadOnlyMemory<byte> BytesOf(Serializer serializer, object payload) =>
        payload is BookRow row && serializer is BookSerializer ? row.Bytes : serializer.ToBinary(payload);

    private static string ManifestOf(Serializer serializer, object payload) => serializer switch
    {
        SerializerWithStringManifest own => own.Manifest(payload),
        { IncludeManifest: true } => payload.GetType().AssemblyQualifiedName!,
        _ => "",
    };
}
