namespace RouterCluster.Simulation.Tests.Law;

/// <summary>
/// Chapter 6, one channel in one life: its owners' calls are never under way at once, as the company counts them.
/// </summary>
internal sealed class Owners(string channel, Coverage coverage)
{
    private readonly Dictionary<object, int> _calls = [];
    private object? _sender;
    private bool _leftCalls;

    public void Starts(object owner)
    {
        if (owner != _sender && _sender is not null)
        {
            coverage.Met(_leftCalls ? Situation.NewOwnerAfterCalls : Situation.NewOwnerAfterNone);
        }

        (_leftCalls, _sender) = (owner == _sender && _leftCalls, owner);
        foreach (var (other, calls) in _calls)
        {
            if (other != owner && calls > 0)
            {
                throw new LawBroken(
                    Clause.OwnersTakeTurns, null, $"{channel}: a new owner starts a call, and {calls} of an earlier one are out");
            }
        }
    }

    public void Arrives(object owner)
    {
        if (owner != _sender)
        {
            throw new LawBroken(
                Clause.OwnersTakeTurns, null, $"{channel}: a call of an earlier owner arrives after a new one has begun");
        }

        _calls[owner] = _calls.GetValueOrDefault(owner) + 1;
    }

    public void Leaves(object owner)
    {
        if (--_calls[owner] == 0)
        {
            _calls.Remove(owner);
        }
    }

    /// <summary>The owner has stopped, for whatever reason.</summary>
    public void Ends(object owner) => _leftCalls |= _calls.GetValueOrDefault(owner) > 0;
}
