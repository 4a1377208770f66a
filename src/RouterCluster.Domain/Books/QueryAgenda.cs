using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

/// <summary>
/// The book's due queries, one queue per channel, and its credit at each query lane: a channel with a hundred thousand
/// unclear attempts never sees more than its credit at once.
/// </summary>
internal sealed class QueryAgenda(Func<ChannelId, QueryPolicy> policyOf)
{
    private readonly Dictionary<ChannelId, ChannelAgenda> _channels = [];

    public void Schedule(ChannelId channel, PaymentId payment, int attemptNo, TimeSpan dueAt) =>
        Of(channel).Due.Enqueue(new Item(payment, attemptNo, dueAt), dueAt);

    /// <summary>A query went out: its answer is missed from <paramref name="overdueAt"/> on.</summary>
    public void Watch(ChannelId channel, PaymentId payment, int attemptNo, TimeSpan overdueAt) =>
        Of(channel).Out.Enqueue(new Item(payment, attemptNo, overdueAt), overdueAt);

    public void ReturnCredit(ChannelId channel)
    {
        var agenda = Of(channel);
        agenda.Credits = Math.Max(0, agenda.Credits - 1);
    }

    /// <summary>Hands over what was asked and should have been answered by now; stale items among them.</summary>
    public void TakeOverdue(TimeSpan now, Action<Item> missed)
    {
        foreach (var agenda in _channels.Values)
        {
            while (agenda.Out.TryPeek(out var item, out var overdueAt) && overdueAt <= now)
            {
                agenda.Out.Dequeue();
                missed(item);
            }
        }
    }

    /// <summary>
    /// Hands every due item to <paramref name="ask"/>, which says what became of it: asked (takes a credit), or stale.
    /// </summary>
    public void TakeDue(TimeSpan now, Func<Item, DueAnswer> ask)
    {
        foreach (var (channel, agenda) in _channels)
        {
            var credit = policyOf(channel).QueryCredit;
            while (agenda.Due.TryPeek(out var item, out var dueAt) && dueAt <= now)
            {
                var answer = agenda.Credits < credit ? ask(item) : DueAnswer.NoCredit;
                if (answer == DueAnswer.NoCredit)
                {
                    break;
                }

                agenda.Due.Dequeue();
                agenda.Credits += answer == DueAnswer.Asked ? 1 : 0;
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

    internal enum DueAnswer
    {
        Asked,
        Stale,
        NoCredit,
    }

    private sealed class ChannelAgenda
    {
        public PriorityQueue<Item, TimeSpan> Due { get; } = new();

        public PriorityQueue<Item, TimeSpan> Out { get; } = new();

        public int Credits { get; set; }
    }
}
