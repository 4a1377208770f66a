using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

/// <summary>
/// The book's due queries by channel. A channel with a hundred thousand unclear attempts never has more of the book's
/// queries out than the credit. A credit comes back once: with the answer, or when it is overdue.
/// </summary>
internal sealed class QueryAgenda(Func<ChannelId, QueryPolicy> policyOf)
{
    private const int QuestionBits = 32;

    private readonly Dictionary<ChannelId, ChannelAgenda> _channels = [];
    private long _questions;

    /// <summary>After a restart the questions have new numbers, since answers to earlier questions may still come.</summary>
    /// <param name="sequence">The journal's last row: it grows with each restart.</param>
    public void Begin(long sequence) => _questions = sequence << QuestionBits;

    public void Schedule(ChannelId channel, PaymentId payment, int attemptNo, TimeSpan dueAt) =>
        Of(channel).Due.Enqueue(new Item(payment, attemptNo, dueAt), dueAt);

    public void ScheduleFirst(ChannelId channel, PaymentId payment, int attemptNo, TimeSpan dueAt) =>
        Of(channel).Due.Enqueue(new Item(payment, attemptNo, dueAt), TimeSpan.MinValue);

    public long Answers(ChannelId channel) => _channels.TryGetValue(channel, out var agenda) ? agenda.Answers : 0;

    public void Spoke(ChannelId channel) => Of(channel).Answers++;

    /// <summary>A query went out and holds a credit: its answer is missed from <paramref name="overdueAt"/> on.</summary>
    /// <remarks>Law 5.3.</remarks>
    public long Watch(ChannelId channel, PaymentId payment, int attemptNo, TimeSpan overdueAt)
    {
        var agenda = Of(channel);
        agenda.Asked.Add(++_questions);
        agenda.Out.Enqueue((new Item(payment, attemptNo, overdueAt), _questions), overdueAt);
        return _questions;
    }

    public void Answered(ChannelId channel, long question)
    {
        if (_channels.TryGetValue(channel, out var agenda))
        {
            agenda.Asked.Remove(question);
        }
    }

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

    /// <summary>Hands over due items as far as credit reaches; stale items cost none.</summary>
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

        public HashSet<long> Asked { get; } = [];
    }
}
