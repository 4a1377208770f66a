using RouterCluster.Domain.Channels;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>A channel's claim as it is stored.</summary>
internal sealed record ClaimRow(string Incarnation, long Epoch, ClaimState State, TimeSpan LongestCall);

/// <summary>
/// One owner's claim of its channel: carries the production classes that decide when it may send, as the channel's entity does.
/// </summary>
internal sealed class OwnerClaim(Life life, SimulatedChannel at, ChannelOwner owner)
{
    private const double Storing = 0.005;
    private const double ConfirmEvery = 0.6;

    private readonly NodeLease _lease = owner.Node.Lease;
    private readonly CallsOut _calls = owner.Node.CallsTo(at.Setup.Id);
    private ChannelClaim? _claim;
    private OwnerWait? _wait;

    /// <summary>Asked last before bytes leave.</summary>
    public bool MaySend => _lease.MaySend && _claim?.MaySend(owner.Node.Clocks) == true;

    private TimeSpan LongestCall => Longest(at.Setup.Submit.Timeout, at.Setup.Query.Timeout) + at.Setup.Submit.Linger;

    public void Take()
    {
        var asked = owner.Node.Clocks;
        life.Time.After(Storing, () =>
        {
            if (owner.Node.IsCutOff)
            {
                Again(Take);
            }
            else if (!owner.IsStopped || at.Chance.Of(0.5))
            {
                Taken(asked);
            }
        });
    }

    private void Taken(ClaimTime asked)
    {
        var last = at.Claim;
        at.Claim = last is null or { State: ClaimState.Released }
            ? new ClaimRow(_lease.Incarnation, (last?.Epoch ?? 0) + 1, ClaimState.Open, LongestCall)
            : new ClaimRow(_lease.Incarnation, last.Epoch + 1, ClaimState.Waiting, Longest(last.LongestCall, LongestCall));
        _claim = new ChannelClaim(at.Claim.Epoch, NodeLease.Lasts, asked);
        _wait = new OwnerWait(
            last is null ? null : new LastOwner(last.Incarnation, last.State, last.LongestCall),
            _lease.Incarnation, NodeLease.Lasts, owner.Node.Clocks);
        if (!owner.IsStopped)
        {
            Look();
            life.Time.After(ConfirmEvery, Confirm);
        }
    }

    /// <summary>Nothing is sent any more. If all calls have ended, the next owner need not wait.</summary>
    public void Release()
    {
        var mayRelease = _claim is not null && _wait is null && _calls.HaveEnded(owner.Node.Monotonic);
        _claim?.End();
        if (mayRelease && !owner.Node.IsCutOff && at.Claim!.Epoch == _claim!.Epoch)
        {
            at.Claim = at.Claim with { State = ClaimState.Released };
        }
    }

    /// <summary>By a fault: the process may still run, and its calls that have not left must not leave.</summary>
    public void End() => _claim?.End();

    private void Look()
    {
        var silentFor = _wait!.Predecessor is { } predecessor ? _lease.SilentFor(predecessor) : null;
        if (!_wait.IsOver(owner.Node.Clocks, silentFor, _calls.HaveEnded(owner.Node.Monotonic)))
        {
            Again(Look);
            return;
        }

        _wait = null;
        _claim!.Open();
        if (at.Claim!.Epoch == _claim.Epoch && !owner.Node.IsCutOff)
        {
            at.Claim = at.Claim with { State = ClaimState.Open, LongestCall = LongestCall };
        }

        owner.MaySendNow();
    }

    private void Confirm()
    {
        if (owner.IsStopped)
        {
            return;
        }

        if (!owner.Node.IsCutOff)
        {
            if (at.Claim!.Epoch != _claim!.Epoch)
            {
                _claim.End();
                owner.Stop("its claim is lost");
                return;
            }

            _claim.Confirm(owner.Node.Clocks);
        }

        life.Time.After(ConfirmEvery, Confirm);
    }

    private void Again(Action what) => life.Time.After(0.1, () =>
    {
        if (!owner.IsStopped)
        {
            what();
        }
    });

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
