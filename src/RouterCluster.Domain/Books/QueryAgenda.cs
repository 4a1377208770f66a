using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

/// <summary>
/// The book's due queries, one queue per channel, and its credit at each query lane: a channel with a hundred thousand
/// unclear attempts never sees more than its credit at once. A credit comes back once: with the answer, or when it is missed.
/// </summary>
internal sealed class QueryAgenda(Func<ChannelId, QueryPolicy> policyOf)
{
    private const int QuestionBits = 32;

    private readonly Dictionary<ChannelId, ChannelAgenda> _channels = [];
    private long _questions;

    /// <summary>
    /// A book that comes back asks under other numbers than it did before: answers to its earlier life may still come.
    /// </summary>
    /// <param name="sequence">Of its journal; grows with each life.</param>
    public void Begin(long sequence) => _questions = sequence << QuestionBits;

    public void Schedule(ChannelId channel, PaymentId payment, int attemptNo, TimeSpan dueAt) =>
        Of(channel).Due.Enqueue(new Item(payment, attemptNo, dueAt), dueAt);

    /// <summary>Before everything else that is due at the channel.</summary>
    public void ScheduleFirst(ChannelId channel, PaymentId payment, int attemptNo, TimeSpan dueAt) =>
        Of(channel).Due.Enqueue(new Item(payment, attemptNo, dueAt), TimeSpan.MinValue);

    /// <summary>Questions that the channel has answered: with anything that speaks of an order.</summary>
    public long Answers(ChannelId channel) => _channels.TryGetValue(channel, out var agenda) ? agenda.Answers : 0;

    public void Spoke(ChannelId channel) => Of(channel).Answers++;

    /// <summary>A query went out and holds a credit: its answer is missed from <paramref name="overdueAt"/> on.</summary>
    /// <returns>The question's number.</returns>
    public long Watch(ChannelId channel, PaymentId payment, int attemptNo, TimeSpan overdueAt)
    {
        var agenda = Of(channel);
        agenda.Asked.Add(++_questions);
        agenda.Out.Enqueue((new Item(payment, attemptNo, overdueAt), _questions), overdueAt);
        return _questions;
    }

    /// <summary>Returns the question's credit, whatever has become of its attempt meanwhile.</summary>
    public void Answered(ChannelId channel, long question)
    {
        if (_channels.TryGetValue(channel, out var agenda))
        {
            agenda.Asked.Remove(question);
        }
    }

    /// <summary>Returns the credits of what was asked and should have been answered by now, and hands it over.</summary>
    public void TakeOverdue(BookTime now, Action<Item, BookTime> missed)
    {
        foreach (var agenda in _channels.Values)
        {
            while (agenda.Out.TryPeek(out var asked, out var overdueAt) && overdueAt <= now.Monotonic)
            {
                agenda.Out.Dequeue();
                if (agenda.Asked.Remove(asked.Question))
                {
                    missed(asked.Item, now);
                }
            }
        }
    }

    /// <summary>
    /// Hands over due items as far as credit reaches. <paramref name="ask"/> watches what it asks; stale items cost nothing.
    /// </summary>
    public void TakeDue(BookTime now, Action<Item, BookTime> ask)
    {
        foreach (var (channel, agenda) in _channels)
        {
            while (agenda.Due.TryPeek(out var item, out var dueAt) && dueAt <= now.Monotonic
                && agenda.Asked.Count < policyOf(channel).QueryCredit)
            {
                agenda.Due.Dequeue();
                ask(item, now);
            }
        }
    }

    private ChannelAgenda Of(ChannelId channel)
    {
        if (!_channels.TryGetValue(channel, out var agenda))
        {
            _channels[channel] = agenda = new ChannelAgenda();
        }

        return agenda;
    }

    internal readonly record struct Item(PaymentId Payment, int AttemptNo, TimeSpan DueAt);

    private sealed class ChannelAgenda
    {
        public PriorityQueue<Item, TimeSpan> Due { get; } = new();

        public PriorityQueue<(Item Item, long Question), TimeSpan> Out { get; } = new();

        public long Answers { get; set; }

        /// <summary>The questions that are out and not missed yet: as many credits are spent.</summary>
        public HashSet<long> Asked { get; } = [];
    }
}
