namespace RouterCluster.Node.Payments.Journal;

/// <summary>
/// The node's one writer of events: takes all waiting writes, commits them in one transaction, acknowledges each, and
/// starts again. No write waits for others to come, and more load means fewer commits per row. It has a thread of its own
/// because drivers block while the disk syncs.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    private static readonly TimeSpan PatienceOnStop = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly JournalTable _table;
    private readonly int _limit;
    private readonly Thread _thread;
    private List<Entry> _waiting = [];
    private bool _isStopping;

    /// <param name="limit">Waiting writes; more are refused at once.</param>
    public JournalWriter(JournalTable table, int limit)
    {
        _table = table;
        _limit = limit;
        _thread = new Thread(Run) { IsBackground = true, Name = "journal writer" };
        _thread.Start();
    }

    /// <summary>
    /// Ends when all rows, which belong to one persistence id, are durable; fails if they are not or nobody knows. A
    /// write that is cancelled before its turn is not written.
    /// </summary>
    public Task AppendAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancellation) =>
        Enqueue(new Entry(rows, cancellation));

    /// <summary>Ends when all earlier writes are durable or have failed.</summary>
    public Task FlushAsync() => Enqueue(new Entry([], CancellationToken.None));

    /// <summary>Writes the rows that still wait.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join(PatienceOnStop);
    }

    private Task Enqueue(Entry entry)
    {
        lock (_gate)
        {
            if (_isStopping || _waiting.Count >= _limit)
            {
                return Task.FromException(new InvalidOperationException(
                    _isStopping ? "The journal has stopped." : $"{_limit} writes wait for the journal already."));
            }

            _waiting.Add(entry);
            Monitor.Pulse(_gate);
        }

        return entry.Done.Task;
    }

    private void Run()
    {
        for (var entries = TakeAll(); entries.Count > 0; entries = TakeAll())
        {
            entries.RemoveAll(entry => entry.WasGivenUp());
            Write(entries);
        }

        _table.Dispose();
    }

    /// <summary>Waits for the next write; empty at the end.</summary>
    private List<Entry> TakeAll()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_isStopping)
            {
                Monitor.Wait(_gate);
            }

            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }

    private void Write(List<Entry> entries)
    {
        if (Append(entries) is not { } failure)
        {
            entries.ForEach(entry => entry.End(null));
        }
        else if (_table.IsOfTheRows(failure))
        {
            // One book's bad row must not fail other books. After a failed row nothing of the same book is written.
            foreach (var book in entries.GroupBy(entry => entry.PersistenceId))
            {
                var ofBook = book.ToList();
                var own = Append(ofBook);
                ofBook.ForEach(entry => entry.End(own));
            }
        }
        else
        {
            // The storage is out of reach: every further try would keep all writes waiting for its timeout.
            entries.ForEach(entry => entry.End(failure));
        }
    }

    /// <summary>Any exception is the outcome of these writes: the thread serves all books and must not end.</summary>
    private Exception? Append(List<Entry> entries)
    {
        var rows = entries.SelectMany(entry => entry.Rows).ToList();
        try
        {
            if (rows.Count > 0)
            {
                _table.Append(rows);
            }

            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private sealed record Entry(IReadOnlyList<JournalRow> Rows, CancellationToken Cancellation)
    {
        /// <summary>
        /// Continues on the writer's thread: the journal only passes the outcome on, and a switch costs time.
        /// </summary>
        public TaskCompletionSource Done { get; } = new();

        public string PersistenceId => Rows.Count > 0 ? Rows[0].PersistenceId : "";

        /// <summary>The caller has been told that the write failed, so it must not be written late.</summary>
        public bool WasGivenUp() => Cancellation.IsCancellationRequested && Done.TrySetCanceled(Cancellation);

        public void End(Exception? failure)
        {
            if (failure is not null && Rows.Count > 0)
            {
                Done.TrySetException(failure);
            }
            else
            {
                Done.TrySetResult();
            }
        }
    }
}
