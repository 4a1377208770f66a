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
    /// <summary>What people have proposed, in the order in which they did.</summary>
    public ImmutableArray<Proposal> Proposals { get; init; } = [];

    /// <summary>
    /// Nothing of the open attempt's order has left yet: it waits in its lane, or is on its way there. Known at the moment of
    /// an answer, never stored.
    /// </summary>
    public bool IsInQueue { get; init; }

    /// <summary>
    /// How many changes of its state the merchant is to be told of so far; the last one's number. Payments that were stored
    /// before changes were counted have 0.
    /// </summary>
    public int CountedChanges { get; init; }

    /// <summary>
    /// The number of the last change that the merchant is to be told of; 0 before the first. Where changes were not counted
    /// yet, all earlier ones together are the first: it was told under the payment and the state alone.
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

    /// <summary>Null when there is none of this number.</summary>
    public Attempt? Attempt(int no) => no >= 1 && no <= Attempts.Length ? Attempts[no - 1] : null;

    /// <summary>No attempt can be started any more. Asked about is only one that people decided past, see the decider.</summary>
    public bool IsFinal => State is PaymentState.Succeeded or PaymentState.Failed or PaymentState.Returned or PaymentState.Closed;

    /// <summary>The channel that has, or last had, the payment.</summary>
    public ChannelId? Channel =>
        (Attempts.FirstOrDefault(attempt => attempt.State == AttemptState.Succeeded) ?? Attempts.LastOrDefault())?.Channel;

    /// <summary>Cases that neither people nor evidence have answered.</summary>
    public IEnumerable<PaymentCase> OpenCases => Cases.IsEmpty ? [] : Cases.Where(known => known.DecidedBy is null
        && (!known.Reason.IsOfSilence() || Attempts.Any(at => at.No == known.AttemptNo && at.State == AttemptState.Processing)));

    /// <summary>People have to look at it.</summary>
    public bool NeedsDecision => State == PaymentState.Suspended || OpenCases.Any();

    /// <summary>Two people have decided about it, and not to send it: it sends nothing any more.</summary>
    public bool IsDecided => Proposals.Any(
        proposal => proposal.State == ProposalState.Approved && proposal.Outcome != ProposedOutcome.Release);

    /// <summary>Two people have sent it back to be asked about: an earlier "not found" counts no more.</summary>
    public DateTimeOffset? AskedAnewAt => Proposals.LastOrDefault(
        proposal => proposal is { State: ProposalState.Approved, Outcome: ProposedOutcome.KeepAsking })?.Settled?.At;
}

/// <summary>The numbers are stored: never re-used.</summary>
public enum PaymentState
{
    /// <summary>Stored, and at no channel: not yet sent, or definitely failed at a channel and waiting for the next.</summary>
    Accepted = 1,

    /// <summary>An attempt is out and its end is not known; every unknown is here.</summary>
    Processing = 2,
    ActionRequired = 3,

    /// <summary>A person must decide.</summary>
    Suspended = 4,
    Succeeded = 5,

    /// <summary>Definitely no money moved.</summary>
    Failed = 6,
    Returned = 7,

    /// <summary>Ended by the merchant or by time before anything was sent.</summary>
    Closed = 8,
}

/// <summary>One try at one channel, under a number of its own.</summary>
/// <param name="SendBefore">No byte may leave after this moment.</param>
/// <param name="Claim">How the channel's notice says it ended, while a query has yet to confirm it.</param>
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
    /// <summary>The proposal that ended it or turned its end; null where its channel's word stands.</summary>
    public int? DecidedBy { get; init; }

    /// <summary>Where it was sent; null of one that was stored before this was.</summary>
    public ChannelTarget? Target { get; init; }

    /// <summary>What was first told of it, where it was something else than what is known now: class, landing and code.</summary>
    public Outcome? First { get; init; }

    /// <summary>
    /// How long it has been unknown while its channel answered other questions, as far as it is stored.
    /// </summary>
    public TimeSpan UnknownFor { get; init; }
}

public enum AttemptState
{
    Processing = 1,
    Succeeded = 2,
    Failed = 3,
}

/// <summary>Why a payment failed. <c>Channel</c> is null when none could be found.</summary>
public sealed record PaymentFailure(OutcomeClass Class, string Code, ChannelId? Channel, string? Message);

/// <summary>A payment marked for people to look at.</summary>
public sealed record PaymentCase(CaseReason Reason, int AttemptNo, string Evidence, DateTimeOffset OpenedAt)
{
    /// <summary>The proposal whose approval closed it.</summary>
    public int? DecidedBy { get; init; }

    /// <summary>What the channel said; null where its silence is the case, and of cases from before this was kept.</summary>
    public Outcome? Told { get; init; }

    /// <summary>What the channel had said before, where the two do not go together.</summary>
    public Outcome? Against { get; init; }
}

/// <summary>The numbers are stored: never re-used.</summary>
public enum CaseReason
{
    /// <summary>A channel says success of an attempt that was booked as failed.</summary>
    LateSuccess = 1,

    /// <summary>A channel says failure of an attempt that was booked as succeeded.</summary>
    LateFailure = 2,

    /// <summary>A payout that its channel does not know, however often it is asked.</summary>
    PayoutNotFound = 3,

    /// <summary>A channel that has said it holds the order no longer knows it.</summary>
    LandedNotFound = 4,

    /// <summary>Before the end: a channel's notice and its other word exclude each other.</summary>
    NoticeContradicted = 5,

    /// <summary>The channel answers questions, and for too long has not said how this attempt ended.</summary>
    UnknownTooLong = 6,

    /// <summary>The same merchant has sent the same account and amount under another number. Nothing was sent.</summary>
    Duplicate = 7,

    /// <summary>
    /// A channel says success of an attempt of a payment that people have ended without it; or success once more under
    /// another reference of its own, as of a second debit.
    /// </summary>
    SecondSuccess = 30,

    /// <summary>The channel's account has changed, and the one that is asked does not know an order that the other got.</summary>
    NotFoundElsewhere = 31,
}
