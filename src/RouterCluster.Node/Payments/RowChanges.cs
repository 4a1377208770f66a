using System.Runtime.InteropServices;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Payments;

/// <summary>What one row of the journal says of one payment.</summary>
/// <param name="After">The payment after all of the row's events.</param>
internal readonly record struct RowChange(Payment After, EventNames Events)
{
    private bool HasEnded { get; init; }

    private bool IsDecided { get; init; }

    private bool HasAttemptEnded { get; init; }

    /// <summary>People may change how an ended payment ended; its trace keeps the root of the first end.</summary>
    public bool IsFirstEnd => HasEnded && (After.Attempts.IsEmpty || !IsDecided || HasAttemptEnded);

    public RowChange And(in CommittedEvent happened) => new(happened.After, Events.And(happened.Event))
    {
        HasEnded = HasEnded || happened.Event is PaymentSucceeded or PaymentFailed or PaymentClosed,
        IsDecided = IsDecided || happened.Event is DecisionApproved,
        HasAttemptEnded = HasAttemptEnded || happened.Event is AttemptEnded,
    };
}

/// <summary>Reads rows, one after the other, payment by payment. Its memory is used again: a row allocates nothing.</summary>
internal sealed class RowChanges
{
    private readonly Dictionary<PaymentId, int> _places = [];
    private readonly List<RowChange> _changes = [];

    /// <summary>In the order in which the row names the payments first; valid until the next row.</summary>
    public ReadOnlySpan<RowChange> Read(IReadOnlyList<CommittedEvent> events)
    {
        Clear();
        for (var i = 0; i < events.Count; i++)
        {
            var happened = events[i];
            if (_places.TryAdd(happened.After.Id, _changes.Count))
            {
                _changes.Add(new RowChange(happened.After, EventNames.None).And(happened));
            }
            else
            {
                var place = _places[happened.After.Id];
                _changes[place] = _changes[place].And(happened);
            }
        }

        return CollectionsMarshal.AsSpan(_changes);
    }

    /// <summary>Lets the payments go.</summary>
    public void Clear()
    {
        _places.Clear();
        _changes.Clear();
    }
}
