using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>Recovery, snapshots, and what leaves memory.</summary>
public sealed class MemoryTests
{
    private readonly BookHarness _book = new();

    [Fact]
    public void S1_what_was_answered_is_there_after_a_crash_and_what_was_not_stored_is_not()
    {
        _book.Accept("A-1");
        _book.CommitsAtOnce = false;
        var lost = _book.Accept("A-2");
        _book.Crash();
        _book.CommitsAtOnce = true;
        Assert.Equal(PaymentState.Processing, _book.Read("A-1").State);
        Assert.Empty(_book.Answers(lost));
        Assert.IsType<BookAnswer.NoSuchPayment>(_book.Answer(_book.Get("A-2")));
    }

    [Fact]
    public void A_snapshot_is_taken_only_while_no_write_is_in_flight()
    {
        _book.CommitsAtOnce = false;
        Assert.NotNull(_book.Book.TakeSnapshot());
        _book.Accept();
        Assert.Null(_book.Book.TakeSnapshot());
        _book.Book.WriteAcknowledged(_book.Now);
        Assert.NotNull(_book.Book.TakeSnapshot());
    }

    [Fact]
    public void S1_a_snapshot_holds_what_is_stored_and_nothing_that_was_decided_since()
    {
        _book.Accept("A-1");
        _book.CommitsAtOnce = false;
        _book.Accept("A-2");
        _book.Tell(NoFunds, orderNo: "A-1");
        _book.Tell(Unknown, orderNo: "A-1");
        _book.Accept("A-3");
        _book.Book.WriteAcknowledged(_book.Now);

        var snapshot = _book.Book.TakeSnapshot()!;

        Assert.Equal(
            [("A-1", PaymentState.Processing, 1L), ("A-2", PaymentState.Processing, 2L)],
            snapshot.Payments.Select(one => (one.Payment.Content.OrderNo, one.Payment.State, one.ChangedAt)));
        Assert.NotNull(_book.Book.TakeWrite());
        Assert.Null(_book.Book.TakeSnapshot());
    }

    [Fact]
    public void A_snapshot_and_the_rows_after_it_are_all_rows()
    {
        _book.Accept("A-1");
        _book.Tell(NoFunds, orderNo: "A-1");
        _book.Accept("A-2");
        var snapshot = _book.Book.TakeSnapshot()!;
        var rows = _book.Rows;
        _book.Tell(Unknown, orderNo: "A-2");
        _book.Accept("A-3");
        var all = Memory();
        _book.Crash();
        Assert.Equal(all, Memory());
        _book.Crash(snapshot, rows);
        Assert.Equal(all, Memory());
        Assert.Equal(_book.Rows, _book.Book.CommittedSequence);
    }

    [Fact]
    public void Only_the_version_that_was_read_back_leaves_memory_and_not_at_once()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        _book.Book.ReadBackFromReadModel([(IdOf(), 1)], _book.Now.Monotonic);
        _book.Pass(61);
        Assert.Equal(1, _book.Book.Count);
        _book.Book.ReadBackFromReadModel([(IdOf(), 2)], _book.Now.Monotonic);
        _book.Pass(59);
        Assert.Equal(1, _book.Book.Count);
        _book.Pass(1);
        Assert.Equal(0, _book.Book.Count);
    }

    [Fact]
    public void What_changed_after_it_was_read_back_stays()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        _book.Book.ReadBackFromReadModel([(IdOf(), 2)], _book.Now.Monotonic);
        _book.Tell(Success);
        _book.Pass(61);
        Assert.Equal(1, _book.Book.Count);
        Assert.Single(_book.Read().Cases);
    }

    [Fact]
    public void What_is_not_final_never_leaves()
    {
        _book.Accept();
        _book.Book.ReadBackFromReadModel([(IdOf(), 1)], _book.Now.Monotonic);
        _book.Pass(61);
        Assert.Equal(1, _book.Book.Count);
    }

    [Fact]
    public void S12_a_forgotten_number_is_looked_up_once_and_stays_refusable()
    {
        var ended = Forget();
        long[] asked = [_book.Accept(), _book.Accept(), _book.Get()];
        Assert.Equal(IdOf(), Assert.Single(_book.Left.OfType<BookEffect.LookUp>()).Id);
        Assert.IsType<BookAnswer.StillAccepting>(_book.Answer(asked[1]));
        _book.Do(book => book.LookedUp(IdOf(), ended));
        Assert.Equal(ended, Assert.IsType<BookAnswer.Stored>(_book.Answer(asked[0])).Payment);
        Assert.False(((BookAnswer.Stored)_book.Answer(asked[0])).IsNew);
        Assert.Equal(ended, Assert.IsType<BookAnswer.Stored>(_book.Answer(asked[2])).Payment);

        var other = _book.Accept(amount: 7);
        _book.Do(book => book.LookedUp(IdOf(), ended));
        Assert.IsType<BookAnswer.IdempotencyMismatch>(_book.Answer(other));
        Assert.Single(_book.Submits);
    }

    [Fact]
    public void S12_a_forgotten_number_stays_refusable_over_a_snapshot()
    {
        Forget();
        _book.Crash(_book.Book.TakeSnapshot(), _book.Rows);
        Assert.Equal(0, _book.Book.Count);
        _book.Accept();
        Assert.Single(_book.Left.OfType<BookEffect.LookUp>());
    }

    [Fact]
    public void S12_a_snapshot_leaves_out_what_the_read_model_holds_and_its_number_stays_refusable()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        _book.Accept("A-2");
        var whole = _book.Book.SnapshotSize;
        _book.Book.ReadBackFromReadModel([(IdOf(), 2)], _book.Now.Monotonic);

        var snapshot = _book.Book.TakeSnapshot()!;

        Assert.Equal("A-2", Assert.Single(snapshot.Payments).Payment.Content.OrderNo);
        Assert.Equal(whole - 256, _book.Book.SnapshotSize - snapshot.Seen.Length);
        Assert.Equal(PaymentState.Failed, _book.Read().State);
        _book.Crash(snapshot, _book.Rows);
        _book.Accept();
        Assert.Equal(IdOf(), Assert.Single(_book.Left.OfType<BookEffect.LookUp>()).Id);
    }

    [Fact]
    public void A_snapshot_has_what_changed_after_it_was_read_back()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        _book.Book.ReadBackFromReadModel([(IdOf(), 2)], _book.Now.Monotonic);
        _book.Tell(Success);

        Assert.Single(Assert.Single(_book.Book.TakeSnapshot()!.Payments).Payment.Cases);
    }

    [Fact]
    public void News_of_an_ended_payment_can_be_recovered_over_a_snapshot_that_left_it_out()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        _book.Book.ReadBackFromReadModel([(IdOf(), 2)], _book.Now.Monotonic);
        var (snapshot, rows) = (_book.Book.TakeSnapshot()!, _book.Rows);
        _book.Tell(Success);

        _book.Crash(snapshot, rows);

        Assert.Equal((PaymentState.Failed, 1), (_book.Read().State, _book.Read().Cases.Length));
    }

    [Fact]
    public void A_look_up_that_finds_nothing_lets_the_number_in()
    {
        Forget();
        var accept = _book.Accept();
        _book.Do(book => book.LookedUp(IdOf(), null));
        Assert.True(Assert.IsType<BookAnswer.Stored>(_book.Answer(accept)).IsNew);
    }

    [Fact]
    public void A_look_up_that_fails_says_nothing_of_the_number()
    {
        Forget();
        long[] asked = [_book.Accept(), _book.Get()];
        _book.Do(book => book.LookUpFailed(IdOf()));
        Assert.All(asked, request => Assert.IsType<BookAnswer.OutOfReach>(_book.Answer(request)));
        var read = _book.Get();
        _book.Do(book => book.LookedUp(IdOf(), null));
        Assert.IsType<BookAnswer.NoSuchPayment>(_book.Answer(read));
    }

    [Fact]
    public void The_read_model_gets_what_is_stored_of_a_payment_whose_next_change_is_not()
    {
        _book.Accept("A-1");
        _book.CommitsAtOnce = false;
        _book.Accept("A-2");
        _book.Tell(Success, orderNo: "A-1");
        Assert.Null(_book.Book.InMemory());

        // As its entity asks: between the end of one write and the beginning of the next.
        _book.Book.WriteAcknowledged(_book.Now);
        Assert.Equal(
            [(IdOf("A-1"), 1L, PaymentState.Processing), (IdOf("A-2"), 2L, PaymentState.Processing)],
            _book.Book.InMemory()!.OrderBy(kept => kept.ChangedAt)
                .Select(kept => (kept.Payment.Id, kept.ChangedAt, kept.Payment.State)));
    }

    private Payment Forget()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        var ended = _book.Read();
        _book.Book.ReadBackFromReadModel([(IdOf(), 2)], _book.Now.Monotonic);
        _book.Pass(60);
        Assert.Equal(0, _book.Book.Count);
        return ended;
    }

    private IEnumerable<string> Memory() => _book.Book.InMemory()!
        .OrderBy(kept => kept.Payment.Id.Value, StringComparer.Ordinal)
        .Select(kept => $"{kept.ChangedAt} {kept.Payment.Describe()}");

    [Fact]
    public void News_of_an_ended_payment_can_be_recovered_over_a_snapshot_that_had_forgotten_it()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        var forgetful = new BookSnapshot([], ReadOnlyMemory<byte>.Empty, _book.Now.Utc);
        var rows = _book.Rows;
        _book.Tell(Success);

        _book.Crash(forgetful, rows);
        Assert.Equal((PaymentState.Failed, 1), (_book.Read().State, _book.Read().Cases.Length));
    }
}
