using System.Globalization;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>What is known of one payment from outside: what is durable, what merchants heard, what companies booked.</summary>
internal sealed class PaymentFacts(PaymentId id)
{
    private List<ProposalFacts>? _proposals;
    private readonly List<(PaymentState State, int Attempts, int Cases, DateTimeOffset UpdatedAt)> _versions = [];

    public PaymentId Id => id;

    /// <summary>What the referee has of it.</summary>
    public PaymentRecord Record { get; } = new(id.Value);

    /// <summary>Null until the payment is durable.</summary>
    public PaymentContent? Content { get; set; }

    public PaymentState State { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public List<AttemptFacts> Attempts { get; } = [];

    public int Cases { get; set; }

    /// <summary>The durable changes of its state that its merchant is to be told of.</summary>
    public List<(PaymentState State, TimeSpan At)> Changes { get; } = [];

    /// <summary>What its merchant was told, by the id that names a repeat.</summary>
    public Dictionary<NotificationId, PaymentState> Told { get; } = [];

    public List<ProposalFacts> Proposals => _proposals ??= [];

    public bool HasProposals => _proposals is not null;

    /// <summary>Of each frozen list that has the payment: how it was then.</summary>
    public Dictionary<string, string> Lists => field ??= [];

    /// <summary>What two people decided last.</summary>
    public ProposedOutcome? Decided { get; set; }

    /// <summary>Two people, and no evidence, have ended it: they may have erred.</summary>
    public bool IsEndedByPeople => Decided is ProposedOutcome.Succeeded or ProposedOutcome.Failed;

    /// <summary>When a merchant was first told that it is stored.</summary>
    public TimeSpan? AcknowledgedAt { get; set; }

    public int AnswersAsNew { get; set; }

    public bool IsToldFailed { get; set; }

    /// <summary>The number under which its money moved.</summary>
    public string? MovedBy { get; set; }

    /// <summary>The book, as it lives now, that has heard of a success, and of which attempt.</summary>
    public (object Book, int AttemptNo)? SuccessHeard { get; set; }

    /// <summary>A company has contradicted itself: what it says binds nobody.</summary>
    public bool IsContradicted { get; set; }

    /// <summary>When it was last read at the end of the life, and found.</summary>
    public bool IsFoundAtEnd { get; set; }

    public bool IsFinal => State is PaymentState.Succeeded or PaymentState.Failed or PaymentState.Returned or PaymentState.Closed;

    public AttemptFacts Attempt(int no) => no >= 1 && no <= Attempts.Count
        ? Attempts[no - 1]
        : throw new InvariantViolation("S1", id, $"attempt {no} of {id} is not durable");

    /// <summary>What is durable of the channel's successes, by its own numbers.</summary>
    public void Tells(int attemptNo, Outcome? told)
    {
        if (told is { ChannelOrderNo: { } reference } && told.IsSuccess())
        {
            var references = Attempt(attemptNo).References;
            if (!references.Contains(reference))
            {
                references.Add(reference);
            }
        }
    }

    /// <summary>The order whose money may still move, if there is one.</summary>
    public AttemptFacts? Alive(AttemptFacts? but = null)
    {
        foreach (var attempt in Attempts)
        {
            if (attempt != but && attempt.IsAlive)
            {
                return attempt;
            }
        }

        return null;
    }

    /// <summary>What people look at when they decide.</summary>
    public string Sight() => Sight(State, Cases, Attempts.Select(attempt => (attempt.State, attempt.IsClaimed)));

    public static string Sight(Payment payment) => Sight(
        payment.State, payment.Cases.Length,
        payment.Attempts.Select(attempt => (attempt.State, attempt.Claim is not null)));

    public void AddVersion() => _versions.Add((State, Attempts.Count, Cases, UpdatedAt));

    /// <summary>Whether the payment has been in just this state, durably.</summary>
    public bool Has(Payment payment)
    {
        var wanted = (payment.State, payment.Attempts.Length, payment.Cases.Length, payment.UpdatedAt);
        for (var version = _versions.Count - 1; version >= 0; version--)
        {
            if (_versions[version] == wanted)
            {
                return true;
            }
        }

        return false;
    }

    private static string Sight(PaymentState state, int cases, IEnumerable<(AttemptState State, bool IsClaimed)> attempts)
    {
        var ends = attempts.Select(attempt => attempt is (AttemptState.Processing, true) ? "claimed" : attempt.State.ToString());
        return string.Create(CultureInfo.InvariantCulture, $"{state}, {cases} cases, {string.Join(' ', ends)}");
    }
}

/// <summary>What one person proposed, and how the payment was then.</summary>
internal sealed class ProposalFacts(DecisionProposed proposed, string sight)
{
    public DecisionProposed Proposed => proposed;

    public string Sight => sight;

    public bool IsPending { get; set; } = true;
}

/// <summary>One attempt, and its order at the channel's company.</summary>
internal sealed class AttemptFacts(int no, ChannelId channel)
{
    public int No => no;

    public ChannelId Channel => channel;

    public ChannelTarget? Target { get; init; }

    public List<string> References => field ??= [];

    public AttemptState State { get; set; } = AttemptState.Processing;

    /// <summary>A notice has told of its end, and is durable.</summary>
    public bool IsClaimed { get; set; }

    public bool HasLeft { get; set; }

    public bool IsReceived { get; set; }

    /// <summary>Bytes have left, and its company has not decided that no money moves; or money has moved.</summary>
    public bool IsAlive { get; set; }
}
