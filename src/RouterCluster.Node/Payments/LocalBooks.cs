using System.Collections.Concurrent;
using Akka.Actor;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Payments;

/// <summary>The books on this node. A book that opens while the node stops is quiet from its first message on.</summary>
public sealed class LocalBooks
{
    private readonly ConcurrentDictionary<int, IActorRef> _books = new();

    /// <summary>Those that do not leave: a book that has been told to stop sends what still comes to its next owner.</summary>
    private readonly ConcurrentDictionary<int, IActorRef> _taking = new();
    private volatile bool _areQuiet;

    public bool AreQuiet => _areQuiet;

    public void Opened(int book, IActorRef entity)
    {
        _books[book] = entity;
        _taking[book] = entity;
    }

    public void Leaves(int book, IActorRef entity) => _taking.TryRemove(KeyValuePair.Create(book, entity));

    public void Closed(int book, IActorRef entity)
    {
        Leaves(book, entity);
        _books.TryRemove(KeyValuePair.Create(book, entity));
    }

    public IActorRef? TakingOrNull(int book) => _taking.GetValueOrDefault(book);

    /// <summary>
    /// Ends when everything that the books have sent is at its lanes; a book that does not answer is not waited for.
    /// </summary>
    public async Task FallQuietAsync(TimeSpan limit)
    {
        _areQuiet = true;
        try
        {
            await Task.WhenAll(_books.Values.Select(book => book.Ask<BookIsQuiet>(FallQuiet.Instance, limit)))
                .ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            // The book has just stopped and sends nothing either.
        }
    }
}
