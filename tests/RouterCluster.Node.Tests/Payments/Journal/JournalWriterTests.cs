using RouterCluster.Node.Payments.Journal;

namespace RouterCluster.Node.Tests.Payments.Journal;

public sealed class JournalWriterTests : IDisposable
{
    private const int Limit = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HeldTable _table = new();
    private readonly JournalWriter _writer;

    public JournalWriterTests() => _writer = new JournalWriter(_table, Limit);

    public void Dispose()
    {
        _table.Release();
        _writer.Dispose();
    }

    [Fact]
    public async Task The_first_write_does_not_wait_for_company()
    {
        _table.Release();
        await Append("book-0").WaitAsync(Patience);
        Assert.Equal(["book-0"], Assert.Single(_table.Transactions));
    }

    [Fact]
    public async Task What_comes_while_a_write_is_under_way_shares_the_next_one()
    {
        var first = Append("book-0");
        _table.WaitUntilWriting();
        Task[] others = [Append("book-1"), Append("book-2"), Append("book-0")];
        Assert.False(first.IsCompleted);
        _table.Release();
        await Task.WhenAll([first, .. others]).WaitAsync(Patience);
        Assert.Equal(2, _table.Transactions.Count);
        Assert.Equal(["book-1", "book-2", "book-0"], _table.Transactions[1]);
    }

    [Fact]
    public async Task A_row_that_is_refused_fails_its_own_book_and_no_other()
    {
        var first = Append("book-0");
        _table.WaitUntilWriting();
        Task[] good = [Append("book-1"), Append("book-2")];
        var bad = Append("book-3", "refused");
        _table.Release();
        await Task.WhenAll([first, .. good]).WaitAsync(Patience);
        await Assert.ThrowsAsync<RefusedRowException>(() => bad.WaitAsync(Patience));
    }

    [Fact]
    public async Task Nothing_is_written_of_a_book_after_a_row_of_it_that_was_refused()
    {
        var first = Append("book-0");
        _table.WaitUntilWriting();
        var refused = Append("book-1", "refused");
        var next = Append("book-1");
        _table.Release();
        await first.WaitAsync(Patience);
        await Assert.ThrowsAsync<RefusedRowException>(() => refused.WaitAsync(Patience));
        await Assert.ThrowsAsync<RefusedRowException>(() => next.WaitAsync(Patience));
        Assert.DoesNotContain("book-1", _table.Transactions.Where(rows => rows.Count > 0).SelectMany(rows => rows));
    }

    [Fact]
    public async Task Lost_storage_fails_all_at_once_and_the_next_write_tries_again()
    {
        var first = Append("book-0");
        _table.WaitUntilWriting();
        Task[] lost = [Append("book-1", "lost"), Append("book-2")];
        _table.Release();
        await first.WaitAsync(Patience);
        foreach (var write in lost)
        {
            await Assert.ThrowsAsync<IOException>(() => write.WaitAsync(Patience));
        }

        Assert.Equal(2, _table.Calls);
        await Append("book-1").WaitAsync(Patience);
    }

    [Fact]
    public async Task A_write_that_was_given_up_before_its_turn_is_not_written()
    {
        using var givenUp = new CancellationTokenSource();
        var first = Append("book-0");
        _table.WaitUntilWriting();
        var second = _writer.AppendAsync([Row("book-1", "")], givenUp.Token);
        var third = Append("book-2");
        await givenUp.CancelAsync();
        _table.Release();
        await Task.WhenAll(first, third).WaitAsync(Patience);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Patience));
        Assert.Equal(["book-2"], _table.Transactions[1]);
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once()
    {
        var first = Append("book-0");
        _table.WaitUntilWriting();
        var waiting = Enumerable.Range(1, Limit).Select(book => Append($"book-{book}")).ToArray();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Append("book-9"));
        _table.Release();
        await Task.WhenAll([first, .. waiting]).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_flush_ends_after_the_writes_before_it_whatever_became_of_them()
    {
        var lost = Append("book-0", "lost");
        _table.WaitUntilWriting();
        var flush = _writer.FlushAsync();
        Assert.False(flush.IsCompleted);
        _table.Release();
        await flush.WaitAsync(Patience);
        Assert.True(lost.IsFaulted);
    }

    [Fact]
    public async Task Stopping_writes_what_waits_and_takes_no_more()
    {
        var first = Append("book-0");
        _table.WaitUntilWriting();
        var second = Append("book-1");
        _table.Release();
        _writer.Dispose();
        await Task.WhenAll(first, second).WaitAsync(Patience);
        Assert.True(_table.IsDisposed);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Append("book-2"));
    }

    private Task Append(string book, string manifest = "") =>
        _writer.AppendAsync([Row(book, manifest)], CancellationToken.None);

    private static JournalRow Row(string book, string manifest) =>
        new(book, 1, ReadOnlyMemory<byte>.Empty, 0, manifest, "writer", 0);

    private sealed class RefusedRowException : Exception;

    /// <summary>Writes nothing before it is released. The rows' manifests say what becomes of them.</summary>
    private sealed class HeldTable : JournalTable
    {
        private readonly ManualResetEventSlim _writing = new();
        private readonly ManualResetEventSlim _released = new();

        /// <summary>The persistence ids of each transaction that came through.</summary>
        public List<IReadOnlyList<string>> Transactions { get; } = [];

        public int Calls { get; private set; }

        public bool IsDisposed { get; private set; }

        public void WaitUntilWriting() => Assert.True(_writing.Wait(Patience));

        public void Release() => _released.Set();

        public override void Append(IReadOnlyList<JournalRow> rows)
        {
            Calls++;
            _writing.Set();
            Assert.True(_released.Wait(Patience));
            if (rows.Any(row => row.Manifest == "lost"))
            {
                throw new IOException("the storage is gone");
            }

            if (rows.Any(row => row.Manifest == "refused"))
            {
                throw new RefusedRowException();
            }

            Transactions.Add([.. rows.Select(row => row.PersistenceId)]);
        }

        public override bool IsOfTheRows(Exception failure) => failure is RefusedRowException;

        public override void Dispose() => IsDisposed = true;
    }
}
