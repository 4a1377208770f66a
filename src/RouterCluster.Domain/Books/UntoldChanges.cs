using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Domain.Books;

/// <summary>
/// The changes of state that merchants are to be told of, from the moment of each until the read model has it. A payment
/// that goes on to another state before that does not take the earlier change with it.
/// </summary>
internal sealed class UntoldChanges
{
    /// <summary>In the order of rows.</summary>
    private readonly List<(Payment Payment, long Row)> _changes = [];

    /// <param name="row">The one that holds, or will hold, the payment as it is after.</param>
    public void Add(Payment? before, Payment after, long row)
    {
        if (after.State.Notification() is null)
        {
            return;
        }

        if (after.LastChange != (before?.LastChange ?? 0))
        {
            _changes.Add((after, row));
        }
        else if (_changes is [.., (var last, var lastRow)] && lastRow == row && last.Id == after.Id)
        {
            // The same row says more of it: that belongs to what is told.
            _changes[^1] = (after, row);
        }
    }

    public IReadOnlyList<(Payment Payment, long Row)> Through(long row) =>
        [.. _changes.TakeWhile(change => change.Row <= row)];

    /// <summary>The changes of one row.</summary>
    public IReadOnlyList<(Payment Payment, long Row)> Of(long row)
    {
        var end = _changes.Count;
        while (end > 0 && _changes[end - 1].Row > row)
        {
            end--;
        }

        var start = end;
        while (start > 0 && _changes[start - 1].Row == row)
        {
            start--;
        }

        return start == end ? [] : _changes.GetRange(start, end - start);
    }

    public void Forget(long row)
    {
        var known = 0;
        while (known < _changes.Count && _changes[known].Row <= row)
        {
            known++;
        }

        _changes.RemoveRange(0, known);
    }

    /// <summary>Before changes were kept, what was in memory was all that could be told.</summary>
    public void Restore(BookSnapshot snapshot)
    {
        _changes.Clear();
        _changes.AddRange(snapshot.Untold ?? [.. snapshot.Payments
            .Where(known => known.Payment.State.Notification() is not null)
            .OrderBy(known => known.ChangedAt)]);
    }
}
