using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Payments;

/// <summary>One payment. Changes only by <see cref="PaymentFold.Apply"/>.</summary>
public sealed record Payment(
    PaymentId Id,
    PaymentContent Content,
    PaymentState State,
    PaymentFailure? Failure,
    ImmutableArray<Attempt> Attempts,
    ImmutableArray<PaymentCase> Cases,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset ExpiresAt)
{
    public ImmutableArray<Proposal> Proposals { get; init; } = [];

    /// <summary>The open attempt's order waits in its lane, or is on its way there. Set for an answer, never stored.</summary>
    public bool IsInQueue { get; init; }

    /// <summary>Of the open attempt. Set for an answer, never stored.</summary>
    public AttemptQuestions? Questions { get; init; }

    /// <summary>Changes of state that the merchant is to be told of; 0 if stored before they were counted.</summary>
    public int CountedChanges { get; init; }

    /// <summary>
    /// The number of the last change that the merchant is to be told of; 0 before the first. Changes from before they were
    /// counted are together number 1: their webhooks carry the payment and the state alone.
    /// </summary>
    public int LastChange
    {
        get
        {
            if (CountedChanges > 0)
            {
                return CountedChanges;
            }

            return State.IsTold() || AskedAnewAt is not null ? 1 : 0;
        }
    }

    /// <summary>The attempt that is not definitely failed, if there is one. There is never a second.</summary>
    public Attempt? OpenAttempt => Attempts is [.., { State: AttemptState.Processing } last] ? last : null;

    public Attempt? Attempt(int no) => no >= 1 && no <= Attempts.Length ? Attempts[no - 1] : null;

    /// <summary>No further attempt starts; one may still be open if people have ended the payment without it.</summary>
    public bool IsFinal => State is PaymentState.Succeeded or PaymentState.Failed or PaymentState.Returned or PaymentState.Closed;

    public ChannelId? Channel =>
        (Attempts.FirstOrDefault(attempt => attempt.State == AttemptState.Succeeded) ?? Attempts.LastOrDefault())?.Channel;

    public IEnumerable<PaymentCase> OpenCases =>
        Cases.IsEmpty ? [] : Cases.Where(known => known.DecidedBy is null && !IsClosedByEnd(known));

    public bool NeedsDecision => State == PaymentState.Suspended || OpenCases.Any();

    /// <summary>Two people have ruled, and not to release the payment: it sends nothing any more.</summary>
    public bool IsDecided => Proposals.Any(
        proposal => proposal.State == ProposalState.Approved && proposal.Outcome != ProposedOutcome.Release);

    /// <summary>When two people sent it back to be asked about: an earlier "not found" counts no more.</summary>
    public DateTimeOffset? AskedAnewAt => Proposals.LastOrDefault(
        proposal => proposal is { State: ProposalState.Approved, Outcome: ProposedOutcome.KeepAsking })?.Settled?.At;

    /// <summary>A report that was missing has come, or nothing is sent that could be a duplicate.</summary>
    private bool IsClosedByEnd(PaymentCase known) => known.Reason == CaseReason.Duplicate
        ? State == PaymentState.Closed
        : known.Reason.IsOfSilence()
            && !Attempts.Any(at => at.No == known.AttemptNo && at.State == AttemptState.Processing);
}

/// <summary>The numbers are stored: never re-used.</summary>
public enum PaymentState
{
    /// <summary>Stored, and at no channel: not yet sent, or definitely failed at a channel and waiting for the next.</summary>
    Accepted = 1,

    /// <summary>An attempt is out and its end is not known. Every unknown payment is in this state.</summary>
    Processing = 2,
    ActionRequired = 3,

    Suspended = 4,
    Succeeded = 5,

    Failed = 6,
    Returned = 7,

    /// <summary>Ended by the merchant or by time before anything was sent.</summary>
    Closed = 8,
}

/// <param name="SendBefore">No byte may leave after this moment.</param>
/// <param name="Claim">The end that the channel's notice claims, until a query confirms it.</param>
public sealed record Attempt(
    int No,
    ChannelId Channel,
    string OrderNo,
    AttemptState State,
    Outcome Outcome,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset SendBefore,
    RouteReasons Reasons,
    Outcome? Claim = null)
{
    /// <summary>The proposal whose approval ended it or changed its end; null where the channel's report stands.</summary>
    public int? DecidedBy { get; init; }

    /// <summary>Null if it was stored before targets were.</summary>
    public ChannelTarget? Target { get; init; }

    /// <summary>The first report of it, without texts, where it differs from the present outcome.</summary>
    public Outcome? First { get; init; }

    /// <summary>How long it has been unknown while its channel answered other questions, as last stored.</summary>
    public TimeSpan UnknownFor { get; init; }
}

public enum AttemptState
{
    Processing = 1,
    Succeeded = 2,
    Failed = 3,
}

public sealed record PaymentFailure(OutcomeClass Class, string Code, ChannelId? Channel, string? Message);

public sealed record PaymentCase(CaseReason Reason, int AttemptNo, string Evidence, DateTimeOffset OpenedAt)
{
    public int? DecidedBy { get; init; }

    /// <summary>The channel's report; null for cases without one, or from before reports were kept.</summary>
    public Outcome? Told { get; init; }

    public Outcome? Against { get; init; }
}

/// <summary>The numbers are stored: never re-used.</summary>
public enum CaseReason
{
    LateSuccess = 1,

    LateFailure = 2,

    PayoutNotFound = 3,

    LandedNotFound = 4,

    /// <summary>Before the end: a channel's notice and another of its reports exclude each other.</summary>
    NoticeContradicted = 5,

    /// <summary>The channel answers questions, and for too long has not reported how this attempt ended.</summary>
    UnknownTooLong = 6,

    /// <summary>The same merchant has sent the same account and amount under another number. Nothing was sent.</summary>
    Duplicate = 7,

    /// <summary>Of an attempt whose payment people have ended without it, or once more under another reference.</summary>
    SecondSuccess = 30,

    /// <summary>The channel's account has changed, and the account asked does not know the other's order.</summary>
    NotFoundElsewhere = 31,
}
