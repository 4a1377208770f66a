using System.Security.Cryptography;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Commits;

namespace RouterCluster.Node.Console;

/// <summary>
/// Counts what is learnt of attempts of this node's books, by channel, class and code, while somebody looks. Counts only grow,
/// so that a reader that skips values knows all the same what has come.
/// </summary>
internal sealed class LiveOutcomes : ICommitSubscriber
{
    /// <summary>A channel that makes up codes without end must not fill the memory; further ones are counted together.</summary>
    private const int MostOfChannel = 64;

    private const string Other = "other";
    private const int RunDigits = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<ChannelId, Dictionary<(OutcomeClass Class, string Code), Counted>> _counts = [];
    private readonly string _run = RandomNumberGenerator.GetHexString(RunDigits, lowercase: true);
    private int _watchers;

    public string Name => "outcomes";

    public bool Listens => Volatile.Read(ref _watchers) > 0;

    public void Watch() => Interlocked.Increment(ref _watchers);

    public void Leave() => Interlocked.Decrement(ref _watchers);

    public void Happened(CommittedEvent committed)
    {
        if (committed.Event is AttemptEnded ended)
        {
            Count(committed.After, ended.No, ended.Outcome);
        }

        if (committed.Event is AttemptUnresolved unresolved)
        {
            Count(committed.After, unresolved.No, unresolved.Outcome);
        }
    }

    /// <summary>The counts of a channel; of one without outcomes none.</summary>
    public OutcomesBody Of(ChannelId channel)
    {
        lock (_gate)
        {
            return new OutcomesBody(
                channel.Value, _run,
                _counts.TryGetValue(channel, out var counts)
                    ? [.. counts.Select(row => new OutcomeCountBody(
                        row.Key.Class.Name(), row.Key.Code, row.Value.Count, row.Value.Last.Value))]
                    : []);
        }
    }

    private void Count(Payment payment, int no, Outcome outcome)
    {
        if (payment.Attempt(no) is not { } attempt)
        {
            return;
        }

        lock (_gate)
        {
            if (!_counts.TryGetValue(attempt.Channel, out var counts))
            {
                counts = [];
                _counts.Add(attempt.Channel, counts);
            }

            var key = (outcome.Class, outcome.Code);
            key = counts.ContainsKey(key) || counts.Count < MostOfChannel ? key : (outcome.Class, Other);
            counts[key] = new Counted(counts.GetValueOrDefault(key).Count + 1, payment.Id);
        }
    }

    private readonly record struct Counted(long Count, PaymentId Last);
}
