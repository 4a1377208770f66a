using RouterCluster.Domain.Books;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Tests.Commits;

namespace RouterCluster.Node.Tests.Payments.Entities;

/// <summary>A book goes on whatever they do who hear of its commits.</summary>
public sealed class SubscriberTests : BookScene
{
    private readonly ScriptedSubscriber _hanging = new("hanging");

    private protected override ICommitSubscriber[] Subscribers => [_hanging];

    [Fact]
    public async Task A_book_does_not_wait_for_a_subscriber_that_hangs()
    {
        _hanging.Hang();
        var book = await StartBookAsync();

        for (var request = 1; request <= 5; request++)
        {
            await AcceptAsync(book, $"A-{request}", request);
            var answer = await Caller.ExpectMsgAsync<BookAnswered>();
            Assert.True(answer.Answer is BookAnswer.Stored { IsNew: true });
        }

        await _hanging.EnteredAsync();
        Assert.Empty(_hanging.Heard);
        _hanging.GoOn();
    }

    [Fact]
    public async Task Subscribers_hear_what_a_book_has_stored_and_nothing_else()
    {
        var book = await StartBookAsync();
        Journal.Hold();
        await AcceptAsync(book, "A-1", 1);
        await Journal.WriteArrivesAsync();
        Assert.Empty(_hanging.Heard);

        Journal.Release();
        await Caller.ExpectMsgAsync<BookAnswered>();

        // The caller is answered a moment before subscribers are given the row.
        await AwaitAssertAsync(() => Assert.Equal(["A-1", "A-1"], _hanging.Heard));
    }
}
