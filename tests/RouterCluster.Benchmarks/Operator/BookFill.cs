using System.Buffers;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Payments.Journal;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Benchmarks.Operator;

/// <summary>The books' journals and snapshots: two rows a payment, as when payments come one by one.</summary>
internal sealed class BookFill : IDisposable
{
    private const int Serializer = 4201;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly StorageAddress _storage;
    private readonly JournalTable _table;
    private readonly Book[] _books;

    private BookFill(StorageAddress storage, JournalTable table, int books) =>
        (_storage, _table, _books) = (storage, table, [.. Enumerable.Range(0, books).Select(_ => new Book())]);

    public static async Task<BookFill> OpenAsync(StorageAddress storage, int books)
    {
        await EntityPerPaymentLoad.CreateTableAsync(storage);
        var journal = ConfigurationFactory.ParseString(JournalHocon.For(storage, BookJournal.ClassName))
            .GetConfig(JournalHocon.JournalId(JournalHocon.Books));
        var table = JournalTable.Open(
            journal.GetString("provider-name"), journal.GetString("connection-string"), "books_journal", Patience);
        return new BookFill(storage, table, books);
    }

    public long LastOf(int book) => _books[book].Last;

    /// <returns>Each payment with the number of the row that changed it last.</returns>
    public IReadOnlyList<(Payment Payment, long Row)> Write(int number, IReadOnlyList<PastPayment> payments)
    {
        var (book, rows, stored) = (_books[number], new List<JournalRow>(), new List<(Payment, long)>());
        foreach (var past in payments)
        {
            Add(past.Changes[..past.Begun]);
            Add(past.Changes[past.Begun..]);
            stored.Add((past.Payment, book.Last));
            if (past.Payment.IsFinal)
            {
                book.Ended.Add(past.Payment.Id);
            }
            else
            {
                book.Open.Add((past.Payment, book.Last));
            }
        }

        _table.Append(rows);
        return stored;

        void Add(IReadOnlyList<CommittedEvent> changes)
        {
            var bytes = new ArrayBufferWriter<byte>();
            foreach (var change in changes)
            {
                PaymentEventCodec.Encode(change.After.Id, change.Event, bytes);
            }

            book.Clock = changes[^1].Event.At;
            rows.Add(new JournalRow(
                PaymentBookEntity.PersistenceIdOf(number), ++book.Last, bytes.WrittenMemory, Serializer,
                BookSerializer.RowManifest, book.Writer, book.Clock.UtcTicks));
        }
    }

    /// <summary>Of the last row, so that the node need not read them all.</summary>
    public async Task SaveSnapshotsAsync()
    {
        using var system = BookSystem.Start(_storage, BookWriter.Router);
        var store = Persistence.Instance.Apply(system).SnapshotStoreFor(PaymentBookEntity.SnapshotPlugin);
        for (var number = 0; number < _books.Length; number++)
        {
            var book = _books[number];
            var metadata = new SnapshotMetadata(PaymentBookEntity.PersistenceIdOf(number), book.Last, book.Clock.UtcDateTime);
            var snapshot = new BookSnapshot(book.Open, book.Ended.ToBytes(), book.Clock) { Untold = [] };
            await store.Ask<SaveSnapshotSuccess>(new SaveSnapshot(metadata, snapshot), Patience);
        }

        await system.Terminate();
    }

    public void Dispose() => _table.Dispose();

    private sealed class Book
    {
        public string Writer { get; } = $"{Guid.NewGuid():n}";

        public SeenNumbers Ended { get; } = new();

        public List<(Payment Payment, long ChangedAt)> Open { get; } = [];

        public long Last { get; set; }

        public DateTimeOffset Clock { get; set; }
    }
}
