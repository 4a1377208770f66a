using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Domain.Books;

/// <summary>The changes that merchants are to be told of, each until the read model has it.</summary>
internal sealed class UntoldChanges
{
    private readonly List<(Payment Payment, long Row)> _changes = [];

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
            _changes[^1] = (after, row);
        }
    }

    public IReadOnlyList<(Payment Payment, long Row)> Through(long row) =>
        [.. _changes.TakeWhile(change => change.Row <= row)];

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

    /// <summary>Snapshots from before changes were kept have none: the states in memory stand for them.</summary>
    public void Restore(BookSnapshot snapshot)
    {
        _changes.Clear();
        _changes.AddRange(snapshot.Untold ?? [.. snapshot.Payments
            .Where(known => known.Payment.State.Notification() is not null)
            .OrderBy(known => known.ChangedAt)]);
    }
}
