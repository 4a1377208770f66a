using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Commits;

namespace RouterCluster.Node.Alerts;

/// <summary>
/// Counts this node's payments as they are taken, and its attempts as they end. One that is unknown at first counts as a fault
/// at once, and not again when its end is known: the channel was late.
/// </summary>
internal sealed class AttemptTally : ICommitSubscriber
{
    private readonly object _gate = new();
    private Dictionary<(ChannelId, Product, OutcomeClass, CallVerdict, string), int> _counts = [];
    private Dictionary<Product, int> _payments = [];

    public string Name => "alerts";

    public void Happened(CommittedEvent committed)
    {
        if (committed.Event is PaymentAccepted accepted)
        {
            lock (_gate)
            {
                _payments[accepted.Content.Product] = _payments.GetValueOrDefault(accepted.Content.Product) + 1;
            }
        }

        if (committed.Event is AttemptEnded ended && First(committed.After, ended.No)?.Class != OutcomeClass.Unknown)
        {
            Count(committed.After, ended.No, ended.Outcome);
        }

        if (committed.Event is AttemptUnresolved { Outcome.Class: OutcomeClass.Unknown } unresolved
            && First(committed.After, unresolved.No) is null)
        {
            Count(committed.After, unresolved.No, unresolved.Outcome);
        }
    }

    /// <summary>The attempts since the last call.</summary>
    public IReadOnlyList<EndedAttempts> Take()
    {
        Dictionary<(ChannelId, Product, OutcomeClass, CallVerdict, string), int> taken;
        lock (_gate)
        {
            (taken, _counts) = (_counts, []);
        }

        return [.. taken.Select(row => new EndedAttempts(
            row.Key.Item1, row.Key.Item2, row.Key.Item3, row.Key.Item4, row.Key.Item5, row.Value))];
    }

    /// <summary>The payments since the last call.</summary>
    public IReadOnlyList<TakenPayments> TakePayments()
    {
        Dictionary<Product, int> taken;
        lock (_gate)
        {
            (taken, _payments) = (_payments, []);
        }

        return [.. taken.Select(row => new TakenPayments(row.Key, row.Value))];
    }

    private static Outcome? First(Payment payment, int no) => payment.Attempt(no)?.First;

    private void Count(Payment payment, int no, Outcome outcome)
    {
        if (payment.Attempt(no) is not { } attempt || IsOurOwnRefusal(outcome))
        {
            return;
        }

        var key = (attempt.Channel, payment.Content.Product, outcome.Class, outcome.Verdict(), outcome.Code);
        lock (_gate)
        {
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>The order met an open breaker, a full queue or an operator's stop: the channel was not asked.</summary>
    private static bool IsOurOwnRefusal(Outcome outcome) =>
        outcome is { Landing: Landing.NotSent, Class: not OutcomeClass.OurRequest } && outcome.Code != CallCodes.NotConnected;
}
