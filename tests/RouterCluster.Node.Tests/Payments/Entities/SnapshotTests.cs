using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Tests.Payments.Entities;

/// <summary>When a book takes snapshots, and which of them it keeps.</summary>
public sealed class SnapshotTests : BookScene
{
    private const int Payments = 60;

    [Fact]
    public async Task Only_the_newest_snapshot_is_kept()
    {
        await PayAsync(await StartBookAsync());

        await AwaitAssertAsync(() =>
        {
            Assert.NotEmpty(Snapshots.Saved);
            Assert.Equal(Snapshots.Saved[^1] - 1, Snapshots.DeletedThrough);
        });
    }

    /// <summary>Every second row would be one by the setting; but no payment leaves memory here, and each has them all.</summary>
    [Fact]
    public async Task Snapshots_become_rarer_as_they_become_longer()
    {
        await PayAsync(await StartBookAsync());

        Assert.InRange(Snapshots.Saved.Count, 2, Payments / 4);
    }

    [Fact]
    public async Task A_book_that_always_has_a_next_row_takes_snapshots_too()
    {
        var book = await StartBookAsync();
        Journal.Hold();
        await AcceptAsync(book, "A-0", 0);
        for (var number = 1; number <= Payments; number++)
        {
            await Journal.WriteArrivesAsync();
            await AcceptAsync(book, $"A-{number}", number);
            Journal.ReleaseOne();
        }

        await AwaitAssertAsync(() => Assert.NotEmpty(Snapshots.Saved));
        Journal.Release();
    }

    private async Task PayAsync(IActorRef book)
    {
        for (var number = 1; number <= Payments; number++)
        {
            await AcceptAsync(book, $"A-{number}", number);
            book.Tell(Succeeded(await SubmitLane.ExpectMsgAsync<SubmitOrder>()));
            await SubmitLane.ExpectMsgAsync<ReportTaken>();
        }
    }
}
