namespace RouterCluster.Domain.Channels;

/// <summary>
/// One owner's right to send for a channel. It is asked last thing before bytes leave, by calls that run outside the owner;
/// so it may be used from any thread.
/// </summary>
/// <param name="epoch">Grows with each owner of the channel.</param>
/// <param name="lease">Zero: no other node can take the claim.</param>
/// <param name="askedAt">Before the claim was sent to storage.</param>
public sealed class ChannelClaim(long epoch, TimeSpan lease, ClaimTime askedAt)
{
    // An owner stops a little before its successor may begin: clocks do not run equally fast.
    private const double UsableShare = 0.9;

    private readonly Lock _lock = new();
    private ClaimTime _confirmedAt = askedAt;
    private bool _isOpen;
    private bool _hasEnded;

    public long Epoch => epoch;

    /// <remarks>A paused machine stops the monotonic clock, a paused process does not: the greater age counts.</remarks>
    public bool MaySend(ClaimTime now)
    {
        lock (_lock)
        {
            return _isOpen && !_hasEnded && (lease == TimeSpan.Zero || Age(now) < lease * UsableShare);
        }
    }

    /// <summary>The calls of all earlier owners have ended.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _isOpen = true;
        }
    }

    /// <summary>Storage held this claim when it was asked at that moment.</summary>
    public void Confirm(ClaimTime asked)
    {
        lock (_lock)
        {
            _confirmedAt = asked;
        }
    }

    /// <summary>For ever: another owner has taken the channel, or this one has stopped.</summary>
    public void End()
    {
        lock (_lock)
        {
            _hasEnded = true;
        }
    }

    private TimeSpan Age(ClaimTime now)
    {
        var (monotonic, wall) = (now.Monotonic - _confirmedAt.Monotonic, now.Utc - _confirmedAt.Utc);
        return wall > monotonic ? wall : monotonic;
    }
}
